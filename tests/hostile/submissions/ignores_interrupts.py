# points: 0
# Catches whatever would end its loop.
# shows: did not stop when interrupted
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
