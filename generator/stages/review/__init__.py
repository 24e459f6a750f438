"""What a change does: two states of bundles in, a `model.review.Review` out. Pure, and safe to show."""
