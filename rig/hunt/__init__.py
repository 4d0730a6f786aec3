"""Looks for scripts whose receipt comes out wrong, and makes each as short and plain as it can be."""
