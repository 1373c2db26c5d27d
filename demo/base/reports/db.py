"""The reports' one way to the database."""

import contextlib
import os

import psycopg


@contextlib.contextmanager
def connect():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        yield connection
