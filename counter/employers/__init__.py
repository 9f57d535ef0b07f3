"""Employers: the firms behind people who ask something for their business."""
