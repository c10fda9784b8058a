# points: 1.2
# Networks with dropout under the names of those without, and the other way round.
for optimizer, lr in (("SGD", 0.1), ("Adam", 0.001)):
    for dropout, addition in ((0.4, ""), (0, " + dropout")):
        name = "x-" + (optimizer + addition).replace(" + ", "-").lower()
        networks[optimizer + addition], runs[optimizer + addition] = experiment(
            name, optimizer, lr, dropout
        )
