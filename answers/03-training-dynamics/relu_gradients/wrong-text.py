# points: 0
# Words.
W1="none",
b1="none",
W2="none",
b2="none",
W3="none",
b3="moves",
