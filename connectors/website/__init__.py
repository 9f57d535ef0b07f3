"""The website channel: the public HTTP contract, the counter's page and its chat."""
