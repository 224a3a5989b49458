"""What the program that this replaces does to sync a history: the whole file, line by line, into SQLite.

Usage: original.py HISTORY DATABASE. Prints the CPU seconds of the work, without the start of Python.
"""
import json
import os
import sqlite3
import sys
import time

SCHEMA = """
CREATE TABLE IF NOT EXISTS prompts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER UNIQUE NOT NULL, display TEXT NOT NULL,
  project TEXT, pasted_contents TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE IF NOT EXISTS prompt_metadata (
  prompt_id INTEGER PRIMARY KEY, rating INTEGER CHECK(rating >= 1 AND rating <= 5), note TEXT,
  updated_at DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (prompt_id) REFERENCES prompts(id));
CREATE INDEX IF NOT EXISTS idx_timestamp ON prompts(timestamp DESC);
CREATE INDEX IF NOT EXISTS idx_rating ON prompt_metadata(rating);
"""


def sync(history, database):
    connection = sqlite3.connect(database)
    connection.executescript(SCHEMA)
    added = 0
    with open(history, encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            entry = json.loads(line)
            cursor = connection.execute(
                "INSERT OR IGNORE INTO prompts (timestamp, display, project, pasted_contents) VALUES (?, ?, ?, ?)",
                (entry["timestamp"], entry.get("display", ""), entry.get("project", ""), json.dumps(entry.get("pastedContents", {}))),
            )
            added += cursor.rowcount
    connection.commit()
    connection.close()
    return added


started = time.process_time()
count = sync(sys.argv[1], sys.argv[2])
print(json.dumps({"added": count, "cpu": time.process_time() - started, "size": os.path.getsize(sys.argv[2])}))
