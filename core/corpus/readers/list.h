/* The formats. A new one: its file in this folder, its line here. Order decides only between equals: the first wins. */
READER(archive)
READER(html)
READER(jsonl)
READER(text)
