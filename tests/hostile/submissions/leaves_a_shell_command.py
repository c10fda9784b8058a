# points: 0
# A program in the background, in a session of its own, that holds the cell's output open.
import subprocess

subprocess.Popen(["sh", "-c", "trap '' HUP INT TERM; sleep 600 & sleep 600"])
subprocess.Popen(["nohup", "setsid", "sleep", "600"])
