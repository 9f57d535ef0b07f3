"""`bench turn`: how long people wait for Noor, against stock Rasa in the same run."""
