"""The body of an article as plain blocks, which any renderer can lay out."""
