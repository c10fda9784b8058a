"""MNIST and CIFAR-10 are read from whatever torchvision or a download has left."""

from __future__ import annotations

import gzip
import pickle
import tarfile

import numpy as np
import pytest

from chainrule.datasets import DataError, DataSet, cifar10, load, mnist, real, sources
from chainrule.datasets.formats import read_batch, read_idx

from .conftest import Mirror, Tiny, cifar_batch


def assert_is_tiny_mnist(data: DataSet, tiny: Tiny) -> None:
    for split in data.train, data.test:
        np.testing.assert_array_equal(split.images, tiny.images[:, :28, :28, 0])
        np.testing.assert_array_equal(split.labels, tiny.labels)
        assert (split.images.dtype, split.labels.dtype) == (np.uint8, np.int64)


def assert_is_tiny_cifar10(data: DataSet, tiny: Tiny) -> None:
    order = [k + i for k in range(1, 6) for i in range(2)]
    np.testing.assert_array_equal(data.train.images, tiny.images[order])
    np.testing.assert_array_equal(data.train.labels, tiny.labels[order])
    np.testing.assert_array_equal(data.test.images, tiny.images)
    assert (data.test.images.dtype, data.test.labels.dtype) == (np.uint8, np.int64)


def test_mnist_is_downloaded_where_it_is_missing(tiny: Tiny) -> None:
    data = mnist()
    assert_is_tiny_mnist(data, tiny)
    assert (data.name, data.is_sample, data.classes[3]) == ("mnist", False, "3")


def test_cifar10_is_downloaded_where_it_is_missing(tiny: Tiny) -> None:
    data = cifar10()
    assert_is_tiny_cifar10(data, tiny)
    assert (data.name, data.is_sample, data.classes[0]) == ("cifar10", False, "airplane")


@pytest.mark.parametrize("name", ["mnist", "cifar10"])
def test_the_second_time_needs_neither_network_nor_files(tiny, mirror, name) -> None:
    first = load(name)
    mirror.asked.clear()
    for path in tiny.folder.rglob("*.gz"):
        path.unlink()
    again = load(name)
    assert mirror.asked == []
    assert again.fingerprint == first.fingerprint
    np.testing.assert_array_equal(again.train.images, first.train.images)


def test_arrays_are_read_only_also_when_they_come_from_disk(tiny: Tiny) -> None:
    for data in mnist(), mnist():
        with pytest.raises(ValueError, match="read-only"):
            data.train.images[0] = 0


def test_kept_arrays_that_were_cut_short_are_made_again(tiny: Tiny) -> None:
    mnist()
    (kept,) = tiny.folder.glob("arrays/*train_images.npy")
    kept.write_bytes(kept.read_bytes()[:-100])
    assert_is_tiny_mnist(mnist(), tiny)
    assert_is_tiny_mnist(mnist(), tiny)


def test_a_folder_for_reading_only_is_read_and_left_alone(tiny: Tiny, monkeypatch) -> None:
    cifar10()
    for path in tiny.folder.glob("arrays/*"):
        path.unlink()
    (tiny.folder / "arrays").rmdir()
    tiny.folder.chmod(0o555)
    try:
        assert_is_tiny_cifar10(cifar10(), tiny)
    finally:
        tiny.folder.chmod(0o755)
    assert not (tiny.folder / "arrays").exists()


def test_arrays_that_cannot_be_kept_cost_time_only_and_that_is_said(tiny, capsys) -> None:
    tiny.folder.mkdir()
    (tiny.folder / "arrays").write_text("a file in the way")
    assert_is_tiny_mnist(mnist(), tiny)
    assert "Loading takes longer next time" in capsys.readouterr().out


def test_while_grading_data_is_read_and_nothing_is_written(tiny, monkeypatch) -> None:
    cifar10()
    for path in tiny.folder.glob("arrays/*"):
        path.unlink()
    monkeypatch.setenv("CHAINRULE_GRADING", "1")
    assert_is_tiny_cifar10(cifar10(), tiny)
    assert list(tiny.folder.glob("arrays/*")) == []


def test_what_torchvision_unpacked_is_read(tiny: Tiny, mirror: Mirror) -> None:
    raw = tiny.folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in real.MNIST.values():
        (raw / file.name).with_suffix("").write_bytes(gzip.decompress(mirror.files[file.name]))
    (tiny.folder / real.CIFAR10.name).write_bytes(mirror.files[real.CIFAR10.name])
    with tarfile.open(tiny.folder / real.CIFAR10.name) as archive:
        for member in archive:
            path = tiny.folder / member.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(archive.extractfile(member).read())
    (tiny.folder / real.CIFAR10.name).unlink()
    assert_is_tiny_mnist(mnist(), tiny)
    assert_is_tiny_cifar10(cifar10(), tiny)
    assert mirror.asked == []


@pytest.mark.parametrize("name", ["mnist", "cifar10"])
def test_a_corrupt_file_is_named_and_fetched_again(tiny, mirror, capsys, name) -> None:
    if name == "mnist":
        spoilt = tiny.folder / "MNIST" / "raw" / "train-labels-idx1-ubyte"
    else:
        spoilt = tiny.folder / "cifar-10-batches-py" / "data_batch_1"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_bytes(b"half a file")
    load(name)
    assert f"{spoilt} is corrupt" in capsys.readouterr().out
    assert mirror.asked


def test_a_folder_in_the_place_of_a_batch_is_said(tiny: Tiny) -> None:
    (tiny.folder / "cifar-10-batches-py" / "data_batch_1").mkdir(parents=True)
    with pytest.raises(DataError, match="data_batch_1 is in the way"):
        cifar10()


def test_complete_means_every_file_is_there_and_good(tiny: Tiny) -> None:
    assert not real.is_complete("mnist")
    assert not real.is_complete("cifar10")
    mnist()
    cifar10()
    assert real.is_complete("mnist")
    assert real.is_complete("cifar10")
    next(tiny.folder.rglob("t10k-labels*")).write_bytes(b"?")
    assert not real.is_complete("mnist")


def test_a_batch_reads_as_its_images_and_labels() -> None:
    images = np.random.default_rng(1).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    read, labels = read_batch(cifar_batch(images, np.array([7, 0, 9])))
    np.testing.assert_array_equal(read, images)
    assert labels.tolist() == [7, 0, 9]


class Bomb:
    def __reduce__(self):
        return (print, ("boom",))


def test_a_batch_that_asks_for_anything_but_arrays_is_refused(capsys) -> None:
    with pytest.raises(pickle.UnpicklingError, match="print"):
        read_batch(pickle.dumps({"data": Bomb()}, protocol=2))
    assert capsys.readouterr().out == ""


def test_a_file_that_is_no_idx_file_is_refused() -> None:
    with pytest.raises(ValueError, match="no idx file"):
        read_idx(b"\x80\x02}")


def test_names_folders_and_sums_are_those_of_torchvision() -> None:
    datasets = pytest.importorskip("torchvision.datasets")
    files = [(file.name, file.md5) for file in sources.MNIST.values()]
    assert sorted(files) == sorted(datasets.MNIST.resources)
    assert datasets.CIFAR10.base_folder == sources.CIFAR10_FOLDER
    archive = datasets.CIFAR10.filename, datasets.CIFAR10.tgz_md5
    assert (sources.CIFAR10.name, sources.CIFAR10.md5) == archive
    assert datasets.CIFAR10.url in sources.CIFAR10.addresses
    assert list(sources.CIFAR10_TRAIN.items()) == [tuple(x) for x in datasets.CIFAR10.train_list]
    assert list(sources.CIFAR10_TEST.items()) == [tuple(x) for x in datasets.CIFAR10.test_list]
    for mirror in datasets.MNIST.mirrors:
        assert mirror + files[0][0] in sources.MNIST["train_images"].addresses


def test_no_data_set_has_another_name() -> None:
    with pytest.raises(ValueError, match="imagenet"):
        load("imagenet")
