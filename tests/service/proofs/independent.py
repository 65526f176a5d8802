#!/usr/bin/env python3
"""Verifies what a log serves, with nothing of the program that serves it: RFC 6962, C2SP tlog-tiles,
tlog-checkpoint, signed-note and tlog-proof from their texts, hashlib, and openssl for Ed25519.

  independent.py DIR           everything in DIR must hold
  independent.py DIR --flip    and no byte of it can be another one

DIR: key, checkpoint, earlier (an earlier checkpoint), consistency.json, tile/..., receipts/*,
inclusion/*.json
"""
import base64
import functools
import hashlib
import json
import os
import subprocess
import sys
import tempfile


class Wrong(Exception):
    pass


def need(condition, message):
    if not condition:
        raise Wrong(message)


def unbase64(text):
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, TypeError) as error:
        raise Wrong(f"no base64: {error}")
    need(base64.b64encode(raw).decode() == text, "base64 with bits left over")
    return raw


def number(text):
    need(isinstance(text, str) and text.isascii() and text.isdigit() and str(int(text)) == text,
         f"no number: {text!r}")
    return int(text)


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_hash(leaves):
    """RFC 6962 2.1, bottom up."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2:]
    return level[0]


def root_from_inclusion(index, size, leaf, path):
    """RFC 6962 2.1.1, from the root down as it is defined."""
    need(0 <= index < size, "outside the tree")
    if size == 1:
        need(not path, "the proof is too long")
        return leaf
    need(path, "the proof is too short")
    k = 1 << ((size - 1).bit_length() - 1)
    if index < k:
        return node(root_from_inclusion(index, k, leaf, path[:-1]), path[-1])
    return node(path[-1], root_from_inclusion(index - k, size - k, leaf, path[:-1]))


def roots_from_consistency(m, n, old_root, path, whole=True):
    """RFC 6962 2.1.2, SUBPROOF(m, D[n], whole): the roots of the first m and of all n leaves."""
    if m == n:
        if whole:
            need(not path, "the proof is too long")
            return old_root, old_root
        need(len(path) == 1, "the proof does not end in one hash")
        return path[0], path[0]
    need(path, "the proof is too short")
    k = 1 << ((n - 1).bit_length() - 1)
    if m <= k:
        old, new = roots_from_consistency(m, k, old_root, path[:-1], whole)
        return old, node(new, path[-1])
    old, new = roots_from_consistency(m - k, n - k, old_root, path[:-1], False)
    return node(path[-1], old), node(path[-1], new)


@functools.lru_cache(maxsize=None)
def ed25519(public, message, signature):
    with tempfile.TemporaryDirectory() as place:
        def write(name, raw):
            path = os.path.join(place, name)
            with open(path, "wb") as out:
                out.write(raw)
            return path
        # SubjectPublicKeyInfo of RFC 8410 around the 32 bytes
        der = write("key", bytes.fromhex("302a300506032b6570032100") + public)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", der, "-rawin",
             "-in", write("message", message), "-sigfile", write("signature", signature)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return done.returncode == 0


class Key:
    def __init__(self, text):
        name, hint, material = text.split("+", 2)
        raw = unbase64(material)
        need(raw[:1] == b"\1" and len(raw) == 33, "no Ed25519 key")
        self.name, self.public = name, raw[1:]
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        need(hint == self.id.hex(), "the key's id is another")


def open_checkpoint(note, key):
    text, blank, signatures = note.rpartition(b"\n\n")
    need(blank and signatures.endswith(b"\n"), "no signed note")
    text += b"\n"
    signed = False
    for line in signatures.decode("utf-8", "strict").splitlines():
        dash, name, encoded = (line.split(" ") + ["", ""])[:3]
        need(dash == "\u2014" and line == f"{dash} {name} {encoded}", "no signature line")
        raw = unbase64(encoded)
        if name == key.name and raw[:4] == key.id:
            need(ed25519(key.public, text, raw[4:]), "the signature is wrong")
            signed = True
    need(signed, "not signed by the log")
    lines = text.decode().split("\n")
    need(len(lines) == 4 and lines[3] == "", "not three lines")
    need(lines[0] == key.name, "another log")
    root = unbase64(lines[2])
    need(len(root) == 32, "no root")
    return number(lines[1]), root


def check_receipt(raw, key):
    lines = raw.split(b"\n")
    need(lines[0] == b"c2sp.org/tlog-proof@v1", "no receipt")
    need(lines[1].startswith(b"extra ") and lines[2].startswith(b"index "), "no receipt")
    entry = unbase64(lines[1][6:].decode())
    index = number(lines[2][6:].decode())
    end = lines.index(b"", 3)
    path = [unbase64(line.decode()) for line in lines[3:end]]
    need(all(len(h) == 32 for h in path), "no hash")
    size, root = open_checkpoint(b"\n".join(lines[end + 1:]), key)
    need(root_from_inclusion(index, size, leaf_hash(entry), path) == root, "not in the tree")
    return index, entry, size


def tile_path(level, index):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/" + "/".join(groups)


def unbundle(raw):
    entries, at = [], 0
    while at < len(raw):
        length = int.from_bytes(raw[at:at + 2], "big")
        need(at + 2 + length <= len(raw), "the bundle ends within an entry")
        entries.append(raw[at + 2:at + 2 + length])
        at += 2 + length
    return entries


def expected_files(size):
    """Every tile and bundle of a tree of this size: (path, level or None, index, width)."""
    out, level, hashes = [], 0, size
    while hashes > 0:
        for index in range(-(-hashes // 256)):
            width = min(256, hashes - index * 256)
            path = tile_path(level, index) + ("" if width == 256 else f".p/{width}")
            out.append((path, level, index, width))
            if level == 0:
                out.append((path.replace("tile/0/", "tile/entries/"), None, index, width))
        level, hashes = level + 1, hashes // 256
    return out


class Mirror:
    def __init__(self, directory):
        self.files = {}
        for place, _, names in os.walk(directory):
            for name in names:
                path = os.path.join(place, name)
                with open(path, "rb") as file:
                    self.files[os.path.relpath(path, directory)] = file.read()
        self.key = Key(self.files["key"].decode().rstrip("\n"))
        self.size, self.root = open_checkpoint(self.files["checkpoint"], self.key)

    def under(self, folder):
        return {p: raw for p, raw in self.files.items() if p.startswith(folder + "/")}

    def build(self):
        """The whole tree, from the entries alone."""
        files = expected_files(self.size)
        need({f[0] for f in files} == set(self.under("tile")), "other tiles than those of the tree")
        self.entries = []
        for path, level, _, width in files:
            if level is None:
                entries = unbundle(self.files[path])
                need(len(entries) == width, f"{path} has {len(entries)} entries")
                self.entries += entries
        self.levels = [[leaf_hash(e) for e in self.entries]]
        while len(self.levels[-1]) >= 256:
            below = self.levels[-1]
            self.levels.append([tree_hash(below[i:i + 256]) for i in range(0, len(below) - 255, 256)])
        need(tree_hash(self.levels[0]) == self.root, "the entries are not those of the checkpoint")
        for path, level, index, width in files:
            if level is not None:
                self.check_tile(self.files[path], level, index, width)

    def check_tile(self, raw, level, index, width):
        wanted = b"".join(self.levels[level][index * 256:index * 256 + width])
        need(raw == wanted, f"tile {level}/{index} is not that of the entries")

    def check_bundle(self, raw, index, width):
        need([leaf_hash(e) for e in unbundle(raw)] ==
             self.levels[0][index * 256:index * 256 + width], "other entries")

    def check_inclusion(self, raw):
        said = json.loads(raw)
        index, size = number(said["index"]), number(said["size"])
        need(number(said["sequence"]) == index + 1, "sequence and index differ")
        need(size <= self.size, "beyond the checkpoint")
        leaf, root = unbase64(said["leaf"]), unbase64(said["root"])
        need(leaf == self.levels[0][index], "another leaf")
        need(root == tree_hash(self.levels[0][:size]), "another root")
        path = [unbase64(h) for h in said["hashes"]]
        need(root_from_inclusion(index, size, leaf, path) == root, "not in the tree")

    def check_consistency(self, raw, earlier):
        said = json.loads(raw)
        old_size, old_root = open_checkpoint(earlier, self.key)
        need(number(said["from"]) == old_size and number(said["to"]) == self.size, "other sizes")
        need(unbase64(said["from_root"]) == old_root, "another earlier root")
        need(unbase64(said["to_root"]) == self.root, "another later root")
        roots = roots_from_consistency(old_size, self.size, old_root,
                                       [unbase64(h) for h in said["hashes"]])
        need(roots == (old_root, self.root), "history was rewritten")

    def check_receipt(self, raw):
        index, entry, size = check_receipt(raw, self.key)
        need(size <= self.size and self.entries[index] == entry, "a receipt of another entry")

    def check(self):
        self.build()
        for raw in self.under("inclusion").values():
            self.check_inclusion(raw)
        for raw in self.under("receipts").values():
            self.check_receipt(raw)
        self.check_consistency(self.files["consistency.json"], self.files["earlier"])

    def flips(self):
        """(what, bytes, how they are checked)"""
        yield "key", self.files["key"].rstrip(b"\n"), lambda raw: open_checkpoint(
            self.files["checkpoint"], Key(raw.decode()))
        yield "checkpoint", self.files["checkpoint"], lambda raw: open_checkpoint(raw, self.key)
        earlier = self.files["earlier"]
        yield "consistency.json", self.files["consistency.json"], lambda raw: (
            self.check_consistency(raw, earlier))
        for path, raw in sorted(self.under("receipts").items())[:2]:
            yield path, raw, lambda other: check_receipt(other, self.key)
        for path, raw in sorted(self.under("inclusion").items())[:2]:
            yield path, raw, self.check_inclusion
        for path, level, index, width in expected_files(self.size):
            if level is None:
                check = functools.partial(self.check_bundle, index=index, width=width)
            else:
                check = functools.partial(self.check_tile, level=level, index=index, width=width)
            yield path, self.files[path], check


def check_flips(mirror):
    flipped = 0
    for what, raw, check in mirror.flips():
        # Small files at each byte, large ones at some hundred places.
        step = max(1, len(raw) // 300)
        for at in range(0, len(raw), step):
            for bit in {at % 8, 0} if step == 1 else {at % 8}:
                other = bytearray(raw)
                other[at] ^= 1 << bit
                try:
                    check(bytes(other))
                except (Wrong, ValueError, KeyError, IndexError, TypeError, AttributeError):
                    flipped += 1
                    continue
                raise Wrong(f"{what}: byte {at} is another one ({raw[at]:#x}), and nothing is found")
    need(flipped > 1000, "hardly anything was flipped")
    return flipped


def main():
    mirror = Mirror(sys.argv[1])
    mirror.check()
    print(f"{mirror.size} entries, {len(mirror.under('receipts'))} receipts hold")
    if "--flip" in sys.argv[2:]:
        print(f"{check_flips(mirror)} flipped bytes were found")


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"wrong: {wrong}")
