# points: 0
# Bytes that are no text, control characters, half a character, past Python's own streams.
import os
import sys

print("".join(map(chr, range(32))), "\x1b[2J\x1b]0;title\x07", "\u202e\ufeff")
for number in (1, 2):
    os.write(number, bytes(range(256)) * 1000)
try:
    print("\udc80\ud83d")
except UnicodeEncodeError as error:
    print(error)
try:
    sys.stdout.buffer.write(bytes(range(256)))
except AttributeError as error:
    print(error)
