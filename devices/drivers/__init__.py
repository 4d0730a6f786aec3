"""Drivers and emulators by name: what a bench file may ask for, of this project and of others."""
