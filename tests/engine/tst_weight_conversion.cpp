// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "nn/Initialisation.h"
#include "nn/ResNet.h"
#include "nn/WeightConversion.h"
#include "support/PythonTorch.h"
#include "weights/Safetensors.h"
#include "weights/TorchZip.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

class TestWeightConversion : public QObject
{
    Q_OBJECT

private:
    static NamedTensors throughAFile(const NamedTensors& tensors, bool zip)
    {
        const std::vector<WeightTensor> weights = toWeights(tensors);
        return toTensors(decodeWeightFile(zip ? encodeTorchZip(weights) : encodeSafetensors(weights), "memory").tensors);
    }

private Q_SLOTS:
    void everyTypeReturnsAsItWas()
    {
        NamedTensors tensors;
        for (const auto type : {torch::kFloat32, torch::kFloat64, torch::kBFloat16, torch::kFloat16, torch::kInt64, torch::kInt32,
                                torch::kInt16, torch::kInt8, torch::kUInt8, torch::kBool})
            tensors.emplace_back(torch::toString(type), (torch::arange(24).reshape({2, 3, 4}) % 7 - 2).to(type));
        tensors.emplace_back("scalar", torch::tensor(int64_t(5)));
        tensors.emplace_back("empty", torch::zeros({0, 3}));
        tensors.emplace_back("strided", torch::rand({2, 8, 3, 3}).contiguous(torch::MemoryFormat::ChannelsLast));
        for (const bool zip : {false, true}) {
            const NamedTensors back = throughAFile(tensors, zip);
            QCOMPARE(back.size(), tensors.size());
            for (size_t i = 0; i < back.size(); ++i) {
                QCOMPARE(back[i].first, tensors[i].first);
                QCOMPARE(back[i].second.scalar_type(), tensors[i].second.scalar_type());
                QCOMPARE(back[i].second.sizes(), tensors[i].second.sizes());
                QVERIFY2(torch::equal(back[i].second, tensors[i].second), back[i].first.c_str());
            }
        }
    }

    void whatWeightFilesDoNotHaveIsRefused()
    {
        QVERIFY_THROWS_EXCEPTION(Error, toWeights({{"a", torch::zeros({2}, torch::kComplexFloat)}}));
    }

    /// The numbers are the file's own, not a view of it.
    void tensorsOutliveTheirFile()
    {
        torch::Tensor source = torch::rand({3});
        const torch::Tensor expected = source.clone();
        const NamedTensors copied = toTensors(toWeights({{"a", source}}));
        source.zero_();
        QVERIFY(torch::equal(copied[0].second, expected));
    }

    void stateDictIsStrict()
    {
        ResNet model(ResNetOptions{.blocks = {1, 1}, .width = 4, .classes = 3});
        NamedTensors tensors = stateDict(*model);
        loadStateDict(*model, tensors);
        NamedTensors missing(tensors.begin() + 1, tensors.end());
        QVERIFY_THROWS_EXCEPTION(Error, loadStateDict(*model, missing));
        NamedTensors more = tensors;
        more.emplace_back("more", torch::zeros({1}));
        QVERIFY_THROWS_EXCEPTION(Error, loadStateDict(*model, more));
        NamedTensors reshaped = tensors;
        reshaped[0].second = torch::zeros({1, 2, 3});
        QVERIFY_THROWS_EXCEPTION(Error, loadStateDict(*model, reshaped));
    }

    /// What is saved loads into torchvision's own model with strict=True; safetensors is read with nothing but the format's definition.
    void torchvisionLoadsWhatIsSaved_data()
    {
        QTest::addColumn<bool>("zip");
        QTest::newRow("safetensors") << false;
        QTest::newRow("PyTorch zip") << true;
    }

    void torchvisionLoadsWhatIsSaved()
    {
        QFETCH(bool, zip);
        if (!pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
        const QTemporaryDir folder;
        const QString path = folder.filePath(zip ? QStringLiteral("weights.pt") : QStringLiteral("weights.safetensors"));
        ResNet model(ResNetOptions{.classes = 7});
        initialiseWeights(*model, 5);
        useChannelsLast(*model);
        const std::vector<WeightTensor> weights = toWeights(stateDict(*model));
        writeFileAtomically(path.toStdString(), zip ? encodeTorchZip(weights) : encodeSafetensors(weights, {{"format", "pt"}}));
        const torch::Tensor input = torch::arange(64 * 64, torch::kFloat32).reshape({1, 1, 64, 64}) / 4096;
        model->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor logits = model->forward(input).contiguous();
        const PythonResult python = runPython(R"py(
import sys, json, struct, torch, torchvision
if sys.argv[1].endswith('.pt'):
    tensors = torch.load(sys.argv[1])
else:
    raw = open(sys.argv[1], 'rb').read()
    length = struct.unpack('<Q', raw[:8])[0]
    header = json.loads(raw[8:8 + length]); header.pop('__metadata__', None)
    types = {'F32': torch.float32, 'I64': torch.int64}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry['data_offsets']
        data = bytearray(raw[8 + length + begin:8 + length + end])
        tensors[name] = torch.frombuffer(data, dtype=types[entry['dtype']]).reshape(entry['shape'])
model = torchvision.models.resnet34(num_classes=7)
model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
assert list(model.state_dict()) == list(tensors), 'order'
model.load_state_dict(tensors, strict=True)
model.eval()
x = torch.arange(64 * 64, dtype=torch.float32).reshape(1, 1, 64, 64) / 4096
print(*model(x)[0].tolist())
)py", {path});
        QVERIFY2(python.ok, python.errors.constData());
        const QList<QByteArray> numbers = python.out.trimmed().split(' ');
        QCOMPARE(numbers.size(), 7);
        for (int i = 0; i < 7; ++i)
            QVERIFY(std::abs(numbers[i].toFloat() - logits[0][i].item<float>()) < 1e-3f);
    }
};

QTEST_GUILESS_MAIN(TestWeightConversion)
#include "tst_weight_conversion.moc"
