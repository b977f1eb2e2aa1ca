"""Trees and proofs are those of RFC 6962, for trees of every size, and nothing else passes for one."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.access.disclosure_log import merkle

# The tree of eight leaves that implementations of Certificate Transparency share, with the root of each beginning.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

sizes = st.integers(1, 300)


def hashes(size: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(size)]


def plain_root(leaves: list[bytes]) -> bytes:
    """The root as section 2.1 defines it, with nothing remembered."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_roots_are_those_of_other_implementations(size):
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert merkle.root(size, merkle.of_hashes(leaves)).hex() == ROOTS[size]


@given(sizes)
def test_a_root_is_the_one_that_the_standard_defines(size):
    assert merkle.root(size, merkle.of_hashes(hashes(size))) == plain_root(hashes(size))


@given(st.data(), sizes)
def test_a_leaf_and_its_proof_make_the_root(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    proof = merkle.inclusion_proof(index, size, merkle.of_hashes(leaves))
    assert merkle.root_by_inclusion(index, size, leaves[index], proof) == plain_root(leaves)


@given(st.data(), st.integers(2, 300))
def test_another_leaf_place_or_proof_does_not_make_the_root(data, size):
    index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    leaves = hashes(size)
    root = plain_root(leaves)
    proof = merkle.inclusion_proof(index, size, merkle.of_hashes(leaves))
    assert merkle.root_by_inclusion(index, size, leaves[other], proof) != root
    assert merkle.root_by_inclusion(other, size, leaves[index], proof) != root
    assert merkle.root_by_inclusion(index, size, leaves[index], proof[:-1]) != root
    assert merkle.root_by_inclusion(index, size, leaves[index], [*proof, proof[-1]]) != root


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_outside_of_the_tree_makes_no_root(index, size):
    assert merkle.root_by_inclusion(index, size, merkle.leaf_hash(b""), []) is None


@given(st.data(), sizes)
def test_a_tree_that_went_on_is_consistent(data, size):
    first = data.draw(st.integers(0, size))
    leaves = hashes(size)
    proof = merkle.consistency_proof(first, size, merkle.of_hashes(leaves))
    assert merkle.is_consistent(first, size, plain_root(leaves[:first]), plain_root(leaves), proof)


@given(st.data(), st.integers(2, 300))
def test_a_tree_whose_past_was_changed_is_not_consistent(data, size):
    first = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, first - 1))
    leaves = hashes(size)
    before = plain_root(leaves[:first])
    leaves[changed] = merkle.leaf_hash(b"something else")
    proof = merkle.consistency_proof(first, size, merkle.of_hashes(leaves))
    assert not merkle.is_consistent(first, size, before, plain_root(leaves), proof)


@given(st.data(), st.integers(3, 300))
def test_a_broken_proof_of_consistency_proves_nothing(data, size):
    first = data.draw(st.integers(1, size - 1))
    leaves = hashes(size)
    proof = merkle.consistency_proof(first, size, merkle.of_hashes(leaves))
    roots = (plain_root(leaves[:first]), plain_root(leaves))
    assert not merkle.is_consistent(first, size, *roots, proof[:-1])
    assert not merkle.is_consistent(first, size, *roots, [*proof, leaves[0]])
    assert not merkle.is_consistent(size, first, *roots, proof)
