# peer_torch.py: time PyTorch's epochs and inference on one of the networks
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""peer_torch.py NETWORK THREADS EPOCHS WINDOWS: prints one line of JSON.

Written as somebody who knows PyTorch would: channels first inside, sigmoid within the loss, the fused Adam, gradients set to
None. An epoch is a new order, then for each mini-batch forward, loss, backward and a step. The first epoch is not counted.
"""
import json
import statistics
import sys
import time
import warnings

import torch
from torch import nn

import networks

warnings.filterwarnings("ignore", message="Using padding='same'")


# Version 1.13 has a fused Adam for graphics cards only; its best for a processor is the plain one.
FASTEST = {"fused": True} if int(torch.__version__.split(".")[0]) >= 2 else {}


class Recurrent(nn.Module):
    def __init__(self, block, channels):
        super().__init__()
        both = block["kind"] == "Bidirectional"
        inner = block["layer"] if both else block
        kind = {"LSTM": nn.LSTM, "GRU": nn.GRU}[inner["kind"]]
        self.net = kind(channels, inner["units"], batch_first=True, bidirectional=both)
        if inner["kind"] == "LSTM":  # Keras has one trained bias
            for name, p in self.net.named_parameters():
                if name.startswith("bias_hh"):
                    nn.init.zeros_(p).requires_grad_(False)
        self.sequences, self.channels = inner["return_sequences"], inner["units"] * (2 if both else 1)

    def forward(self, x):  # (N, C, T)
        y, _ = self.net(x.transpose(1, 2))
        return y.transpose(1, 2) if self.sequences else y[:, -1]


class Net(nn.Module):
    """Blocks work on (N, C, T); a Reshape to three axes leads to (N, 1, T, C), the next one back."""

    def __init__(self, blocks, channels):
        super().__init__()
        self.blocks, self.parts, widths = blocks, nn.ModuleList(), []
        deep = False
        for block in blocks:
            kind, part = block["kind"], nn.Identity()
            if kind == "Conv1D":
                part = nn.Conv1d(channels, block["filters"], block["kernel_size"], padding=block["padding"])
                channels = block["filters"]
            elif kind == "Conv2D":
                part, width = nn.Conv2d(1, block["filters"], tuple(block["kernel_size"])), channels - block["kernel_size"][1] + 1
                channels = block["filters"] * width
            elif kind in ("LSTM", "GRU", "Bidirectional"):
                part = Recurrent(block, channels)
                channels = part.channels
            elif kind == "Dense":
                part = nn.Linear(channels, block["units"])
                channels = block["units"]
            elif kind == "BatchNormalization":
                part = nn.BatchNorm1d(channels, eps=1e-3, momentum=0.01)
            elif kind == "Concatenate":
                channels += widths[block["with"][0] - 1]
            self.parts.append(part)
            widths.append(channels)

    def forward(self, x):  # (N, T, C)
        x, outputs = x.transpose(1, 2), []
        for block, part in zip(self.blocks, self.parts):
            kind = block["kind"]
            if kind in ("Conv1D", "Conv2D"):
                x = torch.relu(part(x))
            elif kind == "MaxPooling1D":
                x = torch.max_pool1d(x, block["pool_size"])
            elif kind == "UpSampling1D":
                x = x.repeat_interleave(block["size"], dim=2)
            elif kind == "Concatenate":
                x = torch.cat([x, outputs[block["with"][0] - 1]], dim=1)
            elif kind == "Reshape":
                x = x.transpose(1, 2).unsqueeze(1) if x.dim() == 3 else x.permute(0, 2, 3, 1).flatten(2).transpose(1, 2)
            elif kind == "Dense":
                x = part(x.transpose(1, 2)).transpose(1, 2) if x.dim() == 3 else part(x)
            else:
                x = part(x)
            outputs.append(x)
        return x.squeeze(1)  # (N, T)


def time_inference(net, x, batch):
    rates = []
    for _ in range(5):
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < 0.1:
            at = done % (len(x) - batch + 1)
            torch.sigmoid(net(x[at:at + batch]))
            done += batch
        rates.append(done / (time.perf_counter() - begun))
    return statistics.median(rates)


def main():
    name, threads, epochs, windows = sys.argv[1], *(int(a) for a in sys.argv[2:5])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    x, y = (torch.from_numpy(a) for a in networks.data(name, windows))
    net = Net(networks.NETWORKS[name][2], networks.NETWORKS[name][1])
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-3, eps=1e-7, **FASTEST)
    loss = nn.BCEWithLogitsLoss()
    seconds, total = [], 0.0
    for _ in range(1 + epochs):
        begun, order, total = time.perf_counter(), torch.randperm(len(x)), 0.0
        for i in range(0, len(x), networks.BATCH):
            chosen = order[i:i + networks.BATCH]
            optimizer.zero_grad(set_to_none=True)
            value = loss(net(x[chosen]), y[chosen])
            value.backward()
            optimizer.step()
            total += float(value.detach()) * len(chosen)
        seconds.append(time.perf_counter() - begun)
    net.eval()
    with torch.inference_mode():
        rates = {f"infer_{b}": time_inference(net, x, b) for b in (1, networks.BATCH)}
    print(json.dumps(dict(program=f"PyTorch {torch.__version__}", threads=threads, epoch_s=statistics.median(seconds[1:]),
                          params=sum(p.numel() for p in net.parameters() if p.requires_grad), loss=total / len(x), **rates)))


main()
