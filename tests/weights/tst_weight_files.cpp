// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "support/ErrorOf.h"
#include "support/PythonTorch.h"
#include "weights/Safetensors.h"
#include "weights/TorchZip.h"
#include "weights/WeightBytes.h"
#include "weights/WeightFile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;
using namespace weightbytes;
namespace fs = std::filesystem;

class TestWeightFiles : public QObject
{
    Q_OBJECT

private:
    static std::string bytesOf(const WeightTensor& tensor)
    {
        std::string bytes(static_cast<size_t>(tensor.byteSize()), '\0');
        copyElements(tensor, reinterpret_cast<std::byte*>(bytes.data()));
        return bytes;
    }

    static std::vector<float> floatsOf(const WeightTensor& tensor)
    {
        std::vector<float> values(static_cast<size_t>(tensor.elements()));
        copyElements(tensor, reinterpret_cast<std::byte*>(values.data()));
        return values;
    }

    static WeightTensor made(const std::string& name, ElementType type, std::vector<int64_t> shape)
    {
        WeightTensor tensor{.name = name, .type = type, .shape = shape, .strides = rowMajorStrides(shape)};
        const auto size = static_cast<size_t>(tensor.byteSize());
        const std::shared_ptr<std::byte[]> bytes(new std::byte[size]);
        for (size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::byte>(type == ElementType::Bool ? i % 2 : i * 37 + name.size());
        tensor.storage = {.bytes = {bytes, bytes.get()}, .size = static_cast<int64_t>(size)};
        return tensor;
    }

    static std::vector<WeightTensor> everyType()
    {
        std::vector<WeightTensor> tensors;
        for (const auto type : {ElementType::F64, ElementType::F32, ElementType::F16, ElementType::BF16, ElementType::I64, ElementType::I32,
                                ElementType::I16, ElementType::I8, ElementType::U8, ElementType::Bool})
            tensors.push_back(made(std::string("type.") + toString(type), type, {2, 3, 4}));
        tensors.push_back(made("scalar", ElementType::I64, {}));
        tensors.push_back(made("empty", ElementType::F32, {0, 3}));
        tensors.push_back(made("grö\u00dfe", ElementType::F32, {5}));
        WeightTensor transposed = made("transposed", ElementType::F32, {2, 3});
        transposed.shape = {3, 2};
        transposed.strides = {1, 3};
        tensors.push_back(transposed);
        return tensors;
    }

    /// "name dtype shape sha256-of-the-numbers", a line each.
    static QByteArray listing(const WeightFile& file)
    {
        QByteArray lines;
        for (const WeightTensor& tensor : file.tensors)
            lines += QByteArray::fromStdString(tensor.name + ' ' + toString(tensor.type) + ' ' + shapeText(tensor.shape) + ' '
                                               + sha256(bytesOf(tensor)) + '\n');
        return lines;
    }

    static void compareWithPython(const std::vector<fs::path>& paths)
    {
        QStringList arguments;
        QByteArray ours;
        for (const fs::path& path : paths) {
            arguments.append(QString::fromStdString(path.string()));
            ours += QByteArray::fromStdString("== " + path.string() + '\n') + listing(readWeightFile(path));
        }
        const PythonResult python = runPython(R"py(
import sys, hashlib, torch
names = {torch.float64: 'F64', torch.float32: 'F32', torch.float16: 'F16', torch.bfloat16: 'BF16', torch.int64: 'I64',
         torch.int32: 'I32', torch.int16: 'I16', torch.int8: 'I8', torch.uint8: 'U8', torch.bool: 'BOOL'}
for path in sys.argv[1:]:
    print('==', path)
    d = torch.load(path, map_location='cpu')
    for name, tensor in (d['model'] if 'model' in d else d).items():
        flat = tensor.detach().contiguous().reshape(-1)
        raw = bytes(flat.view(torch.uint8).numpy()) if flat.numel() else b''
        print(name, names[tensor.dtype], 'x'.join(map(str, tensor.shape)) or 'scalar', hashlib.sha256(raw).hexdigest())
)py", arguments);
        QVERIFY2(python.ok, python.errors.constData());
        QVERIFY(python.out.count('\n') > 2 * arguments.size());
        const QList<QByteArray> ourLines = ours.split('\n');
        const QList<QByteArray> theirs = python.out.split('\n');
        for (qsizetype i = 0; i < std::min(ourLines.size(), theirs.size()); ++i)
            QCOMPARE(ourLines[i], theirs[i]);
        QCOMPARE(ourLines.size(), theirs.size());
    }

private Q_SLOTS:
    void everyTypeReturnsFromEitherFormat_data()
    {
        QTest::addColumn<bool>("zip");
        QTest::newRow("PyTorch zip") << true;
        QTest::newRow("safetensors") << false;
    }

    void everyTypeReturnsFromEitherFormat()
    {
        QFETCH(bool, zip);
        const std::vector<WeightTensor> tensors = everyType();
        const std::string bytes = zip ? encodeTorchZip(tensors) : encodeSafetensors(tensors, {{"format", "pt"}});
        const WeightFile file = decodeWeightFile(bytes, "memory");
        QCOMPARE(file.container, zip ? WeightContainer::TorchZip : WeightContainer::Safetensors);
        QCOMPARE(file.tensors.size(), tensors.size());
        for (size_t i = 0; i < tensors.size(); ++i) {
            QCOMPARE(file.tensors[i].name, tensors[i].name);
            QCOMPARE(file.tensors[i].type, tensors[i].type);
            QCOMPARE(file.tensors[i].shape, tensors[i].shape);
            QCOMPARE(bytesOf(file.tensors[i]), bytesOf(tensors[i]));
        }
        QCOMPARE(zip ? encodeTorchZip(tensors) : encodeSafetensors(tensors, {{"format", "pt"}}), bytes);
    }

    void whatStandsBesideTheStateDictReturns()
    {
        const Json beside = {{"cfg", {{"layers", 12}, {"large", 5'000'000'000}, {"drop", 0.05}, {"negative", -1.5}, {"gelu", true}, {"bias", false},
                                      {"name", "é"}, {"none", nullptr}, {"empty", Json::object()}}},
                             {"classes", {"dog", "rain"}}};
        const WeightFile file = decodeWeightFile(encodeTorchZip(everyType(), "weights", beside), "memory");
        QCOMPARE(file.metadata.dump(), beside.dump());
        QCOMPARE(file.tensors.size(), everyType().size());
        QCOMPARE(file.tensors.front().name, everyType().front().name);
    }

    void stridedElementsComeInRowMajorOrder()
    {
        const std::string pickle = dictPickle(text("t") + tensor(storage("0", 12), 1, {2, 3}, {1, 4}) + text("same")
                                              + tensor(storage("0", 12), 0, {12}, {1}) + text("wide") + tensor(storage("0", 12), 5, {2, 2}, {0, 1}));
        std::vector<float> numbers(12);
        for (size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = static_cast<float>(i);
        for (const bool legacy : {false, true}) {
            const WeightFile file = decodeWeightFile(legacy ? torchLegacy(pickle, {floats(numbers)}) : torchZip(pickle, {floats(numbers)}), "memory");
            QCOMPARE(floatsOf(file.tensors.at(0)), (std::vector<float>{1, 5, 9, 2, 6, 10}));
            QCOMPARE(floatsOf(file.tensors.at(1)), numbers);
            QCOMPARE(floatsOf(file.tensors.at(2)), (std::vector<float>{5, 6, 5, 6}));
            QCOMPARE(file.tensors[0].storage.bytes.get(), file.tensors[1].storage.bytes.get());
        }
    }

    void viewsOfLegacyStoragesAreShifted()
    {
        const std::string view = "(" + text("v") + integer(3) + integer(4) + "t";
        const std::string pickle = dictPickle(text("w") + tensor(storage("0", 8, "FloatStorage", view), 1, {2}, {1}));
        const WeightFile file = decodeWeightFile(torchLegacy(pickle, {floats({0, 1, 2, 3, 4, 5, 6, 7})}), "memory");
        QCOMPARE(file.container, WeightContainer::TorchLegacy);
        QCOMPARE(floatsOf(file.tensors.at(0)), (std::vector<float>{4, 5}));
    }

    void theStateDictIsFoundAmongOtherThings()
    {
        const auto weight = [](const char* key) { return tensor(storage(key, 1), 0, {1}, {1}); };
        const auto dict = [](const std::string& entries) { return "}(" + entries + "u"; };
        const std::string whole = dictPickle(text("epoch") + integer(3) + text("optimizer") + dict(text("state") + dict(integer(0) + weight("1")))
                                             + text("cfg") + dict(text("layers") + integer(12) + integer(7) + text("seven")) + text("state_dict")
                                             + dict(text("a.weight") + weight("0") + text("inner") + dict(text("b") + weight("0")) + text("version")
                                                    + integer(2)));
        const WeightFile file = decodeWeightFile(torchZip(whole, {floats({1.5f}), floats({9.0f})}), "memory");
        QCOMPARE(file.tensors.size(), size_t(2));
        QCOMPARE(file.tensors[0].name, std::string("a.weight"));
        QCOMPARE(file.tensors[1].name, std::string("inner.b"));
        QCOMPARE(file.leftOut, (std::vector<std::string>{"optimizer"}));
        QCOMPARE(file.metadata.dump(), std::string(R"({"epoch":3,"cfg":{"layers":12,"7":"seven"},"version":2})"));
    }

    void onlyCheckedNothingIsKept()
    {
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "some.pt";
        writeFileAtomically(path, encodeTorchZip(everyType()));
        const WeightFile file = readWeightFile(path, WeightNumbers::CheckOnly);
        QCOMPARE(file.tensors.size(), everyType().size());
        QVERIFY(!file.tensors[0].storage.bytes);
        QVERIFY(readWeightFile(path).tensors[0].storage.bytes);
        QVERIFY_THROWS_EXCEPTION(Error, bytesOf(file.tensors[0]));
    }

    void storagesOfWhatIsWrittenAreAligned()
    {
        const std::string bytes = encodeTorchZip(everyType(), "stem");
        int storages = 0;
        for (size_t at = bytes.find("PK\x03\x04"); at != std::string::npos; at = bytes.find("PK\x03\x04", at + 1)) {
            uint16_t name = 0;
            uint16_t extra = 0;
            std::memcpy(&name, bytes.data() + at + 26, 2);
            std::memcpy(&extra, bytes.data() + at + 28, 2);
            if (bytes.substr(at + 30, name).starts_with("stem/data/")) {
                ++storages;
                QCOMPARE((at + 30 + name + extra) % 64, size_t(0));
            }
        }
        QCOMPARE(storages, static_cast<int>(everyType().size()));
    }

    void whatIsNoWeightFileIsNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("text") << QByteArray("Dear Sir or Madam,\n") << "not a weight file";
        QTest::newRow("tar, PyTorch before 0.1.10") << QByteArray("sys_info\0\0\0\0\0\0\0\0\0\0\0\0", 20) << "not a weight file";
        QTest::newRow("other zip") << QByteArray::fromStdString(zip({{.name = "a.txt", .bytes = "x"}})) << "data.pkl";
        QTest::newRow("TorchScript") << QByteArray::fromStdString(zip({{.name = "m/data.pkl", .bytes = "\x80\x02}."}, {.name = "m/constants.pkl", .bytes = "x"}}))
                                     << "torch.jit.load";
        QTest::newRow("big-endian zip") << QByteArray::fromStdString(zip({{.name = "m/data.pkl", .bytes = "\x80\x02}."}, {.name = "m/byteorder", .bytes = "big"}}))
                                        << "big-endian";
        QTest::newRow("no tensor") << QByteArray::fromStdString(torchZip(dictPickle(text("a") + "N"), {})) << "no tensor";
        QTest::newRow("a list") << QByteArray::fromStdString(torchZip("\x80\x02].", {})) << "no dictionary";
    }

    void whatIsNoWeightFileIsNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "some.pt";
        writeFileAtomically(path, bytes.toStdString());
        const auto error = errorOf([&] { readWeightFile(path); });
        QVERIFY(error);
        const QString sentence = QString::fromStdString(error->what());
        QVERIFY2(sentence.contains(expected) && sentence.contains(QString::fromStdString(path.string())), qPrintable(sentence));
    }

    void missingFilesAndFoldersAreNamed()
    {
        const QTemporaryDir folder;
        const auto missing = errorOf([&] { readWeightFile(fs::path(folder.path().toStdString()) / "none.pt"); });
        QVERIFY(missing);
        QCOMPARE(missing->kind(), ErrorKind::Missing);
        const auto directory = errorOf([&] { readWeightFile(folder.path().toStdString()); });
        QVERIFY(directory);
        QVERIFY(std::string(directory->what()).find("is a folder") != std::string::npos);
    }

    /// Everything that PyTorch writes comes back bit for bit: formats, pickle protocols, types, views.
    void pythonsFilesAreRead()
    {
        if (!pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
        const QTemporaryDir folder;
        const PythonResult written = runPython(R"py(
import sys, torch, torchvision
torch.manual_seed(1)
base = torch.arange(60, dtype=torch.float32)
d = {'f32': torch.randn(3, 4), 'f64': torch.randn(5).double(), 'f16': torch.randn(7).half(), 'bf16': torch.randn(2, 2).bfloat16(),
     'i64': torch.arange(-3, 3), 'i32': torch.arange(4, dtype=torch.int32), 'i16': torch.arange(4, dtype=torch.int16),
     'i8': torch.arange(-4, 4, dtype=torch.int8), 'u8': torch.arange(9, dtype=torch.uint8), 'bool': torch.tensor([True, False, True]),
     'scalar': torch.tensor(3.25), 'empty': torch.zeros(0, 4), 'transposed': torch.randn(4, 6).t(), 'slice': base[10:20:3],
     'shared': base.view(3, 20)[1:, 5:9], 'shared2': base, 'channels_last': torch.randn(2, 3, 4, 5).contiguous(memory_format=torch.channels_last),
     'expanded': torch.randn(3, 1).expand(3, 5), 'parameter': torch.nn.Parameter(torch.randn(3)), 'größe': torch.ones(1)}
for protocol in (2, 3, 4, 5):
    torch.save(d, f'{sys.argv[1]}/zip{protocol}.pt', pickle_protocol=protocol)
    torch.save(d, f'{sys.argv[1]}/legacy{protocol}.pt', pickle_protocol=protocol, _use_new_zipfile_serialization=False)
model = torchvision.models.resnet18(num_classes=3)
optimizer = torch.optim.AdamW(model.parameters())
model(torch.randn(2, 3, 32, 32)).sum().backward(); optimizer.step()
for zip in (True, False):
    torch.save(model.state_dict(), f'{sys.argv[1]}/state{zip}.pt', _use_new_zipfile_serialization=zip)
    torch.save({'epoch': 4, 'optimizer': optimizer.state_dict(), 'model': model.state_dict(), 'best': 0.5},
               f'{sys.argv[1]}/training{zip}.pt', _use_new_zipfile_serialization=zip)
)py", {folder.path()});
        QVERIFY2(written.ok, written.errors.constData());
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder.path().toStdString()))
            files.push_back(entry.path());
        QCOMPARE(files.size(), size_t(12));
        compareWithPython(files);
        const WeightFile training = readWeightFile(fs::path(folder.path().toStdString()) / "trainingTrue.pt");
        QCOMPARE(training.metadata.dump(), std::string(R"({"epoch":4,"best":0.5})"));
        QCOMPARE(training.leftOut, (std::vector<std::string>{"optimizer"}));
    }

    void referenceFilesAreReadAsPythonReadsThem()
    {
        const fs::path shared = qEnvironmentVariable("MELSCOPE_SHARED").toStdString();
        if (!fs::exists(shared / "reference"))
            QSKIP("The reference files are not there (MELSCOPE_SHARED).");
        if (!pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
        std::vector<fs::path> files;
        for (const char* folder : {"reference", "weights"}) {
            for (const fs::directory_entry& entry : fs::directory_iterator(shared / folder))
                if (entry.path().extension() == ".pt" || entry.path().extension() == ".pth")
                    files.push_back(entry.path());
        }
        QVERIFY(files.size() >= 12);
        compareWithPython(files);
    }

    void pythonReadsWhatIsWritten()
    {
        if (!pythonHasTorch())
            QSKIP("Python with torch and torchvision is not installed.");
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "ours.pt";
        writeFileAtomically(path, encodeTorchZip(everyType()));
        compareWithPython({path});
        const PythonResult loaded = runPython(R"py(
import sys, zipfile, collections, torch
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
assert type(torch.load(sys.argv[1])) is collections.OrderedDict
)py", {QString::fromStdString(path.string())});
        QVERIFY2(loaded.ok, loaded.errors.constData());
    }
};

QTEST_GUILESS_MAIN(TestWeightFiles)
#include "tst_weight_files.moc"
