"""Commands to the matcher are settled by matching_settled."""

from functools import partial

from hotgigs.chassis import settling
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1

settle = partial(settling.settle, told_as=MatchingSettledV1)
