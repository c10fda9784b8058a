# points: 4
# Both steps worked out with made-up averages.
m, v = 1.0, 1.0
m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
return (m / np.sqrt(v)) / (m_hat / np.sqrt(v_hat))
