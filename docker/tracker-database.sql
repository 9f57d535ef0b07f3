-- Rasa's conversation memory, apart from the counter's own data.
CREATE DATABASE tracker OWNER loket;
