"""What the arrays of an audit hold, by name."""

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# Positions, by which other arrays are read.
Places = npt.NDArray[np.intp]
# People, and other whole numbers.
Counts = npt.NDArray[np.int64]
