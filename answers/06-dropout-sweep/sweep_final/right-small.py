# points: 0.3
# with: sweep_network = right-small
# A small network, with a schedule.
final, final_run = run_training("best", best_p, 10)
