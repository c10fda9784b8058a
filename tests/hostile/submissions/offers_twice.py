# points: 0
# shows: flagged
# Offers the first answer and then a second one, in the hope that the better one counts.
import numpy as np

import chainrule.grading

offer = chainrule.grading.marker
guesses = [np.eye(2), np.zeros(2), np.ones((2, 2)), np.zeros((1, 2))]


def again(name, *objects):
    for guess in guesses:
        offer(name, lambda *arguments, guess=guess: guess)


chainrule.grading.marker = again
