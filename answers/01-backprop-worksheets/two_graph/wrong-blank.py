# points: 0
# Nothing written.
pass
