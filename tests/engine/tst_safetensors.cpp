// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"
#include "nn/Initialisation.h"
#include "nn/ResNet.h"
#include "weights/Safetensors.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

using namespace melscope;

class TestSafetensors : public QObject
{
    Q_OBJECT

private:
    static std::string file(const std::string& header, const std::string& data, std::optional<uint64_t> claimed = {})
    {
        const uint64_t length = claimed.value_or(header.size());
        std::string bytes(sizeof(length), '\0');
        std::memcpy(bytes.data(), &length, sizeof(length));
        return bytes + header + data;
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
        const NamedTensors back = decodeSafetensors(encodeSafetensors(tensors, {{"format", "pt"}}), "memory");
        QCOMPARE(back.size(), tensors.size());
        for (size_t i = 0; i < back.size(); ++i) {
            QCOMPARE(back[i].first, tensors[i].first);
            QCOMPARE(back[i].second.scalar_type(), tensors[i].second.scalar_type());
            QVERIFY2(torch::equal(back[i].second, tensors[i].second), back[i].first.c_str());
        }
    }

    void hostileFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) { QTest::newRow(name) << QByteArray::fromStdString(bytes); };
        const std::string data(8, 'x');
        row("nothing", "");
        row("half a length", "abc");
        row("header of 2^63 bytes", file("{}", data, uint64_t(1) << 63));
        row("header beyond the end", file("{}", data, 50));
        row("not JSON", file("{\"a\"", data));
        row("not an object", file("[1]", data));
        row("nested without end", file(std::string(100000, '['), data));
        row("no dtype", file(R"({"a":{"shape":[2],"data_offsets":[0,8]}})", data));
        row("unknown dtype", file(R"({"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}})", data));
        row("beyond the data", file(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}})", data));
        row("backwards", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", data));
        row("negative offset", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,8]}})", data));
        row("shape does not fit", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", data));
        row("negative shape", file(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", data));
        row("overflowing shape", file(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}})", data));
        row("offsets no numbers", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":["0","8"]}})", data));
        row("tensor no object", file(R"({"a":7})", data));
        row("overlap", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", data));
    }

    void hostileFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        try {
            decodeSafetensors(bytes.toStdString(), "hostile.safetensors");
            QFAIL("it was read");
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::Format || error.kind() == ErrorKind::Truncated);
            QVERIFY(std::string(error.what()).find("hostile.safetensors") != std::string::npos);
        }
    }

    void cutAnywhereIsRefused()
    {
        const std::string whole = encodeSafetensors({{"a", torch::rand({4})}, {"b", torch::rand({2, 2})}});
        for (size_t length = 0; length < whole.size(); ++length)
            QVERIFY_THROWS_EXCEPTION(Error, decodeSafetensors(whole.substr(0, length), "cut"));
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

    /// What is saved loads into torchvision's own model with strict=True, read with nothing but the format's definition.
    void torchvisionLoadsWhatIsSaved()
    {
        const QString python = QStringLiteral("/usr/bin/python3");
        QProcess probe;
        probe.start(python, {QStringLiteral("-c"), QStringLiteral("import torch, torchvision, numpy")});
        if (!probe.waitForFinished(120000) || probe.exitCode() != 0)
            QSKIP("Python with torch and torchvision is not installed.");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("weights.safetensors"));
        ResNet model(ResNetOptions{.classes = 7});
        initialiseWeights(*model, 5);
        useChannelsLast(*model);
        writeFileAtomically(path.toStdString(), encodeSafetensors(stateDict(*model), {{"format", "pt"}}));
        const torch::Tensor input = torch::arange(64 * 64, torch::kFloat32).reshape({1, 1, 64, 64}) / 4096;
        model->eval();
        const torch::NoGradGuard noGrad;
        const torch::Tensor logits = model->forward(input).contiguous();
        const QString script = QStringLiteral(R"py(
import sys, json, struct, numpy, torch, torchvision
raw = open(sys.argv[1], 'rb').read()
length = struct.unpack('<Q', raw[:8])[0]
header = json.loads(raw[8:8 + length]); header.pop('__metadata__', None)
types = {'F32': numpy.float32, 'I64': numpy.int64}
tensors = {}
for name, entry in header.items():
    begin, end = entry['data_offsets']
    data = numpy.frombuffer(raw[8 + length + begin:8 + length + end], types[entry['dtype']])
    tensors[name] = torch.from_numpy(data.reshape(entry['shape']).copy())
model = torchvision.models.resnet34(num_classes=7)
model.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
assert list(model.state_dict()) == list(tensors), 'order'
model.load_state_dict(tensors, strict=True)
model.eval()
x = torch.arange(64 * 64, dtype=torch.float32).reshape(1, 1, 64, 64) / 4096
print(*model(x)[0].tolist())
)py");
        QProcess process;
        process.start(python, {QStringLiteral("-c"), script, path});
        QVERIFY(process.waitForFinished(240000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        const QList<QByteArray> numbers = process.readAllStandardOutput().trimmed().split(' ');
        QCOMPARE(numbers.size(), 7);
        for (int i = 0; i < 7; ++i)
            QVERIFY(std::abs(numbers[i].toFloat() - logits[0][i].item<float>()) < 1e-3f);
    }
};

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
