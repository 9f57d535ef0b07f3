"""Tasks: what a coach has Noor do when handing a conversation back."""
