"""Where courses come from: endpoints and pages of schools, read over the network with care."""
