"""`bench nlu`: does Noor understand people, against Rasa's default pipeline on the same training data."""
