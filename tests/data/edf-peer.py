# edf-peer.py: EDF and BDF files as MNE, edfio and EDFlib read them, held against our reader
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""edf-peer.py EDF_DUMP: the reader on their files, and they on what we write

meson runs it where LAMINA_EDF_PYTHON names a Python with mne, edfio and pyedflib, and skips it where it does not. Files are those
of LAMINA_SHARED, and a hundred that edfio makes at random.
"""
import datetime
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
python = os.environ.get("LAMINA_EDF_PYTHON")
if not python:
    print("LAMINA_EDF_PYTHON names no Python with mne, edfio and pyedflib")
    sys.exit(SKIPPED)
if os.path.realpath(sys.executable) != os.path.realpath(python) and "LAMINA_EDF_STARTED" not in os.environ:
    os.environ["LAMINA_EDF_STARTED"] = "1"
    os.execv(python, [python, *sys.argv])

import edfio  # noqa: E402
import mne  # noqa: E402
import numpy as np  # noqa: E402
import pyedflib  # noqa: E402

DUMP = sys.argv[1]
N_RANDOM = 100
EPOCH = datetime.datetime(1970, 1, 1)
WITHHELD = datetime.datetime(1985, 1, 1)
MNE_UNITS = {"uV": 1e6, "µV": 1e6, "mV": 1e3}


def dump(path, *options):
    """What edf-dump prints, and the samples as (channels, steps)."""
    with tempfile.NamedTemporaryFile() as raw:
        lines = subprocess.run([DUMP, str(path), "--samples", raw.name, *options], check=True, capture_output=True,
                               text=True).stdout.splitlines()
        samples = np.fromfile(raw.name, dtype=np.float32)
    seen = {"channel": [], "segment": [], "span": [], "note": []}
    for line in lines:
        key, *values = line.split("\t")
        if key in seen:
            seen[key].append(values)
        else:
            seen[key] = values[0]
    seen["steps"], seen["rate"] = int(seen["steps"]), float(seen["rate"])
    seen["samples"] = samples.reshape(len(seen["channel"]), seen["steps"])
    return seen


def say(path, what):
    print(f"not ok: {pathlib.Path(path).name}: {what}")
    return 1


def held(values, n_steps, per_record, fastest):
    """A slower signal at the rate of the fastest, sample and hold inside each record."""
    steps = np.arange(n_steps)
    return values[steps // fastest * per_record + steps % fastest * per_record // fastest]


def check_samples(path, ours, signals):
    """signals: (label, unit, samples in a record, values) as a peer has them."""
    wrong = 0
    if len(signals) != len(ours["channel"]):
        return say(path, f"{len(ours['channel'])} channels, a peer has {len(signals)}")
    fastest = max(signal[2] for signal in signals)
    for ours_c, (name, unit), (label, dimension, n, values) in zip(ours["samples"], ours["channel"], signals):
        expected = held(np.asarray(values, dtype=np.float64), ours["steps"], n, fastest)
        scale = max(np.abs(expected).max(), 1e-30)
        if label and name.split(" (")[0] != label.split(" (")[0]:
            wrong += say(path, f"channel “{name}”, a peer has “{label}”")
        if dimension is not None and unit != dimension:
            wrong += say(path, f"unit “{unit}” of {name}, a peer has “{dimension}”")
        if not np.allclose(ours_c, expected, rtol=0, atol=2e-7 * scale):
            wrong += say(path, f"samples of {name} differ by {np.abs(ours_c - expected).max() / scale:.2g} of the largest")
    return wrong


def painted(annotations, n_steps, rate):
    """One name a step: later annotations win, those without a length are one step."""
    steps = np.full(n_steps, None, dtype=object)
    for onset, duration, text in annotations:
        # As C rounds: halves away from zero.
        start = int(np.floor(onset * rate + 0.5))
        end = max(int(np.floor((onset + max(duration, 0)) * rate + 0.5)), start + 1)
        if start >= 0:
            steps[start:end] = text.strip()
    return steps


def check_labels(path, ours, annotations):
    annotations = list(annotations)
    expected = painted(annotations, ours["steps"], ours["rate"])
    got = np.full(ours["steps"], None, dtype=object)
    for start, end, name in ours["span"]:
        got[int(start):int(end)] = name
    # Peers round times: a border in the middle between two steps may fall to either.
    borders = np.array([t * ours["rate"] for onset, duration, _ in annotations for t in (onset, onset + max(duration, 0))])
    ties = borders[np.abs(borders % 1 - 0.5) < 0.01]
    differ = [t for t in np.flatnonzero(expected != got) if len(ties) == 0 or np.abs(ties - t).min() > 1]
    if len(differ) > 0:
        t = differ[0]
        return say(path, f"{len(differ)} steps with another label, the first {t}: “{got[t]}”, a peer has “{expected[t]}”")
    return 0


def check_start(path, ours, moment, whole_seconds=False):
    microseconds = round((moment.replace(tzinfo=None) - EPOCH) / datetime.timedelta(microseconds=1))
    if moment.replace(tzinfo=None) == WITHHELD and "start_us" not in ours:
        return 0
    start_us = int(ours.get("start_us", -1))
    if (start_us // 1000000 != microseconds // 1000000) if whole_seconds else abs(start_us - microseconds) > 1:
        return say(path, f"begins at {ours.get('start_us')}, a peer has {microseconds}")
    return 0


def against_edflib(path, ours, strict=False):
    try:
        reader = pyedflib.EdfReader(str(path))
    except OSError as refusal:
        if strict:
            return say(path, f"EDFlib refuses it: {refusal}")
        print(f"EDFlib refuses {path.name}: {str(refusal).split(':')[-1].strip()}")
        return 0
    with reader as file:
        record_s = file.datarecord_duration
        signals = [(file.getLabel(i), file.getPhysicalDimension(i), round(file.getSampleFrequency(i) * record_s),
                    file.readSignal(i)) for i in range(file.signals_in_file)]
        onsets, durations, texts = file.readAnnotations()
        # pyedflib's own microseconds are a tenth of what the file says.
        moment = file.getStartdatetime().replace(microsecond=0)
        moment += datetime.timedelta(microseconds=file.starttime_subsecond // 10)
    return (check_samples(path, ours, signals) + check_start(path, ours, moment)
            + check_labels(path, ours, zip(onsets, durations, texts)))


def against_edfio(path, ours, strict=False):
    read = edfio.read_bdf if path.suffix == ".bdf" else edfio.read_edf
    file = read(path)
    signals = [(s.label, s.physical_dimension, s.samples_per_data_record, s.data) for s in file.signals]
    try:
        moment = datetime.datetime.combine(file.startdate, file.starttime)
    except edfio.edf_header.AnonymizedDateError:
        moment = WITHHELD
    annotations = [(a.onset, a.duration or 0, a.text) for a in file.annotations]
    return check_samples(path, ours, signals) + check_start(path, ours, moment) + check_labels(path, ours, annotations)


def against_mne(path, ours, strict=False):
    read = mne.io.read_raw_bdf if path.suffix == ".bdf" else mne.io.read_raw_edf
    raw = read(path, preload=True, stim_channel=None, verbose="error")
    wrong = 0
    if len(raw.ch_names) != len(ours["channel"]):
        return say(path, f"{len(ours['channel'])} channels, MNE has {len(raw.ch_names)}")
    wrong += check_start(path, ours, raw.info["meas_date"], True) if raw.info["meas_date"] else 0
    if raw.info["sfreq"] == ours["rate"] and raw.n_times == ours["steps"]:
        for c, (name, unit) in enumerate(ours["channel"]):
            theirs = raw.get_data([c])[0] * MNE_UNITS.get(unit, 1)
            scale = max(np.abs(theirs).max(), 1e-30)
            # MNE resamples slower signals: only those of the full rate are the same samples.
            is_slow = any(f"{name} (" in note for (note,) in ours["note"])
            if not is_slow and not np.allclose(ours["samples"][c], theirs, rtol=0, atol=1e-6 * scale):
                wrong += say(path, f"samples of {name} are not those of MNE")
    return wrong + check_labels(path, ours, zip(raw.annotations.onset, raw.annotations.duration, raw.annotations.description))


def make_random(folder, seed):
    """A file of edfio's with random channels, rates, ranges, times and annotations."""
    rand = np.random.default_rng(seed)
    is_bdf = seed % 3 == 0
    record_s = float(rand.choice([0.5, 1, 2, 30]))
    n_records = int(rand.integers(1, 12))
    make_signal = edfio.BdfSignal if is_bdf else edfio.EdfSignal
    signals = []
    for i in range(rand.integers(1, 6)):
        n = int(rand.choice([2, 50, 128, 250, 512]))
        data = rand.normal(0, 10.0 ** rand.integers(-3, 4), n * n_records)
        unit = str(rand.choice(["uV", "mV", "degC", ""]))
        signals.append(make_signal(data, n / record_s, label=f"Signal {i}", physical_dimension=unit))
    start = datetime.time(int(rand.integers(24)), int(rand.integers(60)), int(rand.integers(60)),
                          int(rand.integers(1000000)) if seed % 2 else 0)
    texts = ["W", "Sleep stage R", "Spindel µ", "label, with comma", "x" * 60]
    annotations = []
    for _ in range(rand.integers(0, 40)):
        duration = None if rand.random() < 0.3 else round(float(rand.uniform(0, 3)), 3)
        onset = round(float(rand.uniform(0, record_s * n_records)), 4)
        annotations.append(edfio.EdfAnnotation(onset, duration, str(rand.choice(texts))))
    day = edfio.Recording(startdate=datetime.date(int(rand.integers(1985, 2084)), 3, 14))
    make = edfio.Bdf if is_bdf else edfio.Edf
    file = make(signals, recording=day, starttime=start, annotations=annotations, data_record_duration=record_s)
    path = folder / f"random-{seed}.{'bdf' if is_bdf else 'edf'}"
    file.write(path)
    return path


def exported(path, format_id, out, *options):
    """What we write of a file: as edf-dump has the original, and where the copy is."""
    return dump(path, *options, "--export", format_id, str(out))


def check_export(path, format_id, folder, *options):
    """Every peer must find our own file to hold what the original does."""
    out = folder / f"{path.stem}-{format_id}.{format_id[:3]}"
    meant = exported(path, format_id, out, *options)
    wrong = check(out, [against_edflib, against_edfio, against_mne], strict=True)
    ours = dump(out)
    if ours["steps"] < meant["steps"] or ours["rate"] != meant["rate"] or ours["span"] != meant["span"]:
        wrong += say(out, f"{ours['steps']} steps at {ours['rate']} Hz with {len(ours['span'])} spans, "
                     f"meant were {meant['steps']} at {meant['rate']} with {len(meant['span'])}")
    levels = 2**24 - 1 if format_id == "bdf" else 2**16 - 1
    for a, b in zip(meant["samples"], ours["samples"]):
        span = np.ptp(a)
        if np.abs(a - b[: len(a)]).max() > 0.55 * span / levels + 2e-7 * np.abs(a).max():
            wrong += say(out, "samples came back beyond their rounding")
    return wrong


def check_labels_only(path, folder, *options):
    """MNE lays the labels alone over the steps where they were."""
    out = folder / f"{path.stem}-labels.edf"
    meant = exported(path, "edf-labels", out, *options)
    read = mne.read_annotations(out)
    wrong = check_labels(out, meant, zip(read.onset, read.duration, read.description))
    wrong += check_labels(out, meant, [(a.onset, a.duration or 0, a.text) for a in edfio.read_edf(out).annotations])
    print(f"{'ok' if wrong == 0 else 'not ok'}: {out.name}: {len(read)} annotations, meant were {len(meant['span'])}")
    return wrong


def check(path, peers, strict=False):
    ours = dump(path)
    wrong = sum(peer(path, ours, strict) for peer in peers)
    print(f"{'ok' if wrong == 0 else 'not ok'}: {path.name}: {len(ours['channel'])} channels of {ours['steps']} steps, "
          f"{len(ours['span'])} spans")
    return wrong


def main():
    wrong = 0
    shared = pathlib.Path(os.environ.get("LAMINA_SHARED", "/nowhere")) / "data"
    for path in sorted([*shared.glob("*edf*/*.edf"), *shared.glob("*edf*/*.bdf")]):
        if "Hypnogram" not in path.name:
            wrong += check(path, [against_edflib, against_edfio, against_mne])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for seed in range(N_RANDOM):
            path = make_random(folder, seed)
            wrong += check(path, [against_edflib, against_edfio, against_mne])
            wrong += check_export(path, "edf" if seed % 2 else "bdf", folder) + check_labels_only(path, folder)
        night, stages = shared / "sleep_edf/SC4001E0-PSG.wav", shared / "sleep_edf/SC4001EC-Hypnogram.edf"
        for format_id in ("edf", "bdf") if night.exists() else ():
            wrong += check_export(night, format_id, folder, "--labels", str(stages))
        if night.exists():
            wrong += check_labels_only(night, folder, "--labels", str(stages))
    return 1 if wrong else 0


sys.exit(main())
