# points: 0
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Trained one network, and hands in a new one.
_, final_run = run_training("best", best_p, 10)
final = make_model(best_p)
