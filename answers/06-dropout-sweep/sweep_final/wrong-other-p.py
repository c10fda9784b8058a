# points: 0.25
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Another p than the best one.
final, final_run = run_training("other", 0.2 if best_p != 0.2 else 0.1, 10)
