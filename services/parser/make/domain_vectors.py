"""Makes vocabulary/domain_vectors.npy again, in float16, of vocabulary/domains.toml:

python services/parser/make/domain_vectors.py
"""

from pathlib import Path

import numpy as np

from hotgigs.embeddings import Embedder
from hotgigs.parser import vocabulary
from hotgigs.parser.domains import domain_texts

if __name__ == "__main__":
    vectors = Embedder().embed([text for texts in domain_texts().values() for text in texts])
    np.save(Path(vocabulary.__file__).with_name("domain_vectors.npy"), vectors.astype(np.float16))
