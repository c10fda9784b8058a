# points: 1.5
# trained: reference
# One run is kept without its network.
for optimizer, lr in (("SGD", 0.1), ("Adam", 0.001)):
    for dropout, addition in ((0, ""), (0.4, " + dropout")):
        name = (optimizer + addition).replace(" + ", "-").lower()
        networks[optimizer + addition], runs[optimizer + addition] = experiment(
            name, optimizer, lr, dropout
        )
networks.pop("Adam + dropout")
