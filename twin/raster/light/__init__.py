"""Soft light: ceiling panels and occlusion by what is fixed, computed once a store and kept on disk."""
