// SPDX-License-Identifier: GPL-3.0-or-later
// What is exported loads into Python's own models with strict=True, and there they say the same.
#include "base/Files.h"
#include "nn/Beats.h"
#include "nn/EfficientNet.h"
#include "nn/Initialisation.h"
#include "nn/WeightConversion.h"
#include "support/PythonTorch.h"
#include "weights/BeatsCheckpoint.h"
#include "weights/TorchZip.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

namespace {

constexpr int64_t classes = 7;

/// torchvision's B0; Lite0 is that without squeeze-and-excitation and with ReLU6.
const char* const efficientNetScript = R"py(
import sys, torch, torchvision
model = torchvision.models.efficientnet_b0(num_classes=7)
if sys.argv[2] == 'lite0':
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, torchvision.ops.misc.SqueezeExcitation):
                setattr(module, name, torch.nn.Identity())
            elif isinstance(child, torch.nn.SiLU):
                setattr(module, name, torch.nn.ReLU6())
tensors = torch.load(sys.argv[1])
assert list(model.state_dict()) == list(tensors), 'order'
model.load_state_dict(tensors, strict=True)
model.eval()
x = torch.linspace(-2, 2, 64 * 64).reshape(1, 1, 64, 64).sin().expand(1, 3, 64, 64)
print(*model(x)[0].tolist())
)py";

/// The official modules and their names (arXiv 2212.09058), written down plainly: every layer looks up its own positions, one head
/// after the other.
const char* const beatsScript = R"py(
import math, sys, torch
from torch import nn
checkpoint = torch.load(sys.argv[1])
cfg = checkpoint['cfg']
assert checkpoint['classes'] == ['c%d' % i for i in range(7)]
assert cfg['finetuned_model'] is True and cfg['predictor_class'] == 7 and isinstance(cfg['encoder_layerdrop'], float)
D, H, L, F = (cfg['encoder_' + k] for k in ('embed_dim', 'attention_heads', 'layers', 'ffn_embed_dim'))

def bucket(relative):
    n = cfg['num_buckets'] // 2
    sign = n if relative > 0 else 0
    distance, exact = abs(relative), n // 2
    if distance < exact:
        return sign + distance
    log = exact + int(math.log(distance / exact) / math.log(cfg['max_distance'] / exact) * (n - exact))
    return sign + min(log, n - 1)

class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.k_proj, self.v_proj, self.q_proj, self.out_proj = (nn.Linear(D, D) for _ in range(4))
        self.relative_attention_bias = nn.Embedding(cfg['num_buckets'], H)
        self.grep_linear = nn.Linear(D // H, 8)
        self.grep_a = nn.Parameter(torch.ones(1, H, 1, 1))
    def forward(self, x):
        T = x.shape[0]
        table = self.relative_attention_bias.weight[torch.tensor([[bucket(k - q) for k in range(T)] for q in range(T)])]
        heads = []
        for h in range(H):
            q, k, v = (p(x)[:, h * D // H:(h + 1) * D // H] for p in (self.q_proj, self.k_proj, self.v_proj))
            a, b = torch.sigmoid(self.grep_linear(q).view(T, 2, 4).sum(2)).unbind(1)
            gate = a * (b * self.grep_a[0, h, 0, 0] - 1) + 2
            scores = q @ k.t() / math.sqrt(D // H) + gate[:, None] * table[:, :, h]
            heads.append(scores.softmax(1) @ v)
        return self.out_proj(torch.cat(heads, 1))

class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.self_attn = Attention()
        self.self_attn_layer_norm, self.final_layer_norm = nn.LayerNorm(D), nn.LayerNorm(D)
        self.fc1, self.fc2 = nn.Linear(D, F), nn.Linear(F, D)
    def forward(self, x):
        alpha = (2 * L) ** 0.25
        x = self.self_attn_layer_norm(alpha * x + self.self_attn(x))
        return self.final_layer_norm(alpha * x + self.fc2(nn.functional.gelu(self.fc1(x))))

class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        taps = cfg['conv_pos']
        convolution = nn.Conv1d(D, D, taps, padding=taps // 2, groups=cfg['conv_pos_groups'])
        self.pos_conv = nn.Sequential(nn.utils.weight_norm(convolution, name='weight', dim=2))
        self.layers = nn.ModuleList(Layer() for _ in range(L))
        self.layer_norm = nn.LayerNorm(D)
    def forward(self, x):
        position = self.pos_conv(x.t()[None])[0, :, :x.shape[0]].t()
        x = self.layer_norm(x + nn.functional.gelu(position))
        for layer in self.layers:
            x = layer(x)
        return x

class Beats(nn.Module):
    def __init__(self):
        super().__init__()
        P, E = cfg['input_patch_size'], cfg['embed_dim']
        self.patch_embedding = nn.Conv2d(1, E, P, stride=P, bias=cfg['conv_bias'])
        self.layer_norm = nn.LayerNorm(E)
        self.post_extract_proj = nn.Linear(E, D)
        self.encoder = Encoder()
        self.predictor = nn.Linear(D, cfg['predictor_class'])
    def forward(self, fbank):
        patches = self.patch_embedding(fbank[None, None])[0].flatten(1).t()
        return self.predictor(self.encoder(self.post_extract_proj(self.layer_norm(patches)))).mean(0)

model = Beats()
model.load_state_dict(checkpoint['model'], strict=True)
model.eval()
x = torch.linspace(-2, 2, 96 * 32).reshape(96, 32).sin()
print(*model(x).tolist())
)py";

std::vector<float> numbersOf(const PythonResult& python)
{
    std::vector<float> numbers;
    for (const QByteArray& number : python.out.trimmed().split(' '))
        numbers.push_back(number.toFloat());
    return numbers;
}

} // namespace

class TestPython : public QObject
{
    Q_OBJECT

private:
    const QTemporaryDir m_folder;
    const QString m_file = m_folder.filePath(QStringLiteral("weights.pt"));
    torch::NoGradGuard m_noGrad;

    /// Runs the script on the file; where its numbers are not `logits`, the test fails.
    void saysTheSame(const char* script, const QStringList& arguments, const torch::Tensor& logits) const
    {
        const PythonResult python = runPython(script, QStringList{m_file} + arguments);
        QVERIFY2(python.ok, python.errors.constData());
        const std::vector<float> numbers = numbersOf(python);
        QCOMPARE(static_cast<int64_t>(numbers.size()), classes);
        QVERIFY((logits.max() - logits.min()).item<double>() > 1e-2);
        for (int64_t i = 0; i < classes; ++i)
            QVERIFY2(std::abs(numbers[static_cast<size_t>(i)] - logits[i].item<float>()) < 1e-3f, qPrintable(QString::number(i)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
    }

    void efficientNet_data()
    {
        QTest::addColumn<bool>("lite");
        QTest::newRow("B0") << false;
        QTest::newRow("Lite0") << true;
    }

    void efficientNet()
    {
        QFETCH(bool, lite);
        EfficientNet model(EfficientNetOptions{.lite = lite, .classes = classes});
        model->initialise(5);
        useChannelsLast(*model);
        model->train();
        const torch::Tensor input = torch::linspace(-2, 2, 64 * 64).reshape({1, 1, 64, 64}).sin();
        for (int step = 0; step < 3; ++step) // statistics of its own for every batch norm
            model->forward(torch::cat({input, input.flip(3), 2 * input.transpose(2, 3)}));
        model->eval();
        writeFileAtomically(m_file.toStdString(), encodeTorchZip(toWeights(stateDict(*model))));
        saysTheSame(efficientNetScript, {lite ? QStringLiteral("lite0") : QStringLiteral("b0")}, model->forward(input)[0]);
    }

    void beats()
    {
        const BeatsConfig encoder{.patchDim = 24, .layers = 3, .dim = 48, .feedForwardDim = 96, .heads = 4, .positionTaps = 16,
                                  .positionGroups = 4, .buckets = 16, .maxDistance = 20, .layerDrop = 0.0};
        BeatsConfig whole = encoder;
        whole.predictorClasses = classes;
        Beats model(whole);
        model->initialise(3);
        for (auto& parameter : model->named_parameters()) // gates and positions that matter
            if (parameter.key().find("grep") != std::string::npos || parameter.key().ends_with("attention_bias.weight"))
                parameter.value().mul_(30.0);
        model->eval();
        std::vector<std::string> names;
        for (int64_t i = 0; i < classes; ++i)
            names.push_back("c" + std::to_string(i));
        writeFileAtomically(m_file.toStdString(), encodeTorchZip(officialBeatsTensors(toWeights(stateDict(*model))), "weights",
                                                                 officialBeatsMembers(encoder, names)));
        const torch::Tensor fbank = torch::linspace(-2, 2, 96 * 32).reshape({1, 1, 96, 32}).sin();
        saysTheSame(beatsScript, {}, model->forward(fbank.transpose(2, 3))[0]);
        const WeightFile read = readWeightFile(m_file.toStdString());
        QVERIFY(BeatsConfig::of(read.metadata.at("cfg"), [&] {
                    TensorShapes shapes;
                    for (const WeightTensor& tensor : read.tensors)
                        shapes[tensor.name] = tensor.shape;
                    return shapes;
                }()) == whole);
    }
};

QTEST_GUILESS_MAIN(TestPython)
#include "tst_python.moc"
