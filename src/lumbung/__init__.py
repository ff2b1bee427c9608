"""Lumbung: what government promises, the services that keep the promise, and the open data that proves it."""

VERSION = "0.1.0"
