# points: 1
# Written with ∂, ŷ and the upper index, as on paper.
"(∂ŷ/∂b²)ᵀ",
"(∂L/∂ŷ)ᵀ",
