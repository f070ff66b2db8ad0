// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "support/ErrorOf.h"
#include "weights/Safetensors.h"
#include "weights/TorchZip.h"
#include "weights/WeightBytes.h"
#include "weights/WeightFile.h"

#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace melscope;
using namespace melscope::test;
using namespace weightbytes;
namespace fs = std::filesystem;

/// Files that are cut, flipped or made to harm: each ends in a sentence that names the file.
class TestHostileWeights : public QObject
{
    Q_OBJECT

private:
    static inline const std::vector<float> numbers = {1.5f, -2.0f, 3.25f, 4.0f};

    static std::string pickle(const std::string& type = "FloatStorage")
    {
        return dictPickle(text("a") + tensor(storage("0", 4, type), 0, {2, 2}, {2, 1}) + text("b") + tensor(storage("1", 4, type), 1, {3}, {1}));
    }
    static std::string smallZip() { return torchZip(pickle(), {floats(numbers), floats(numbers)}); }
    static std::string smallLegacy() { return torchLegacy(pickle(), {floats(numbers), floats(numbers)}); }
    static std::string smallSafetensors()
    {
        return encodeSafetensors(decodeWeightFile(smallZip(), "memory").tensors, {{"format", "pt"}});
    }

    static std::string contentOf(const WeightFile& file)
    {
        std::string content;
        for (const WeightTensor& tensor : file.tensors) {
            std::string bytes(static_cast<size_t>(tensor.byteSize()), '\0');
            copyElements(tensor, reinterpret_cast<std::byte*>(bytes.data()));
            content += tensor.name + ' ' + toString(tensor.type) + ' ' + shapeText(tensor.shape) + ' ' + bytes;
        }
        return content;
    }

    /// The sentence with which the file is refused; empty where it was read. Any other exception fails the test.
    static std::string refusal(std::string bytes)
    {
        const auto error = errorOf([&] { decodeWeightFile(std::move(bytes), "hostile.pt"); });
        return error ? error->what() : "";
    }

    static bool isRefused(const std::string& bytes) { return refusal(bytes).starts_with("hostile.pt "); }

    static void files()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("PyTorch zip") << QByteArray::fromStdString(smallZip());
        QTest::newRow("PyTorch zip, padded") << QByteArray::fromStdString(encodeTorchZip(decodeWeightFile(smallZip(), "memory").tensors));
        QTest::newRow("PyTorch legacy stream") << QByteArray::fromStdString(smallLegacy());
        QTest::newRow("safetensors") << QByteArray::fromStdString(smallSafetensors());
    }

    static fs::path shared(const QString& name) { return fs::path(qEnvironmentVariable("MELSCOPE_SHARED").toStdString()) / name.toStdString(); }

private Q_SLOTS:
    void cutAnywhereIsRefused_data() { files(); }
    void cutAnywhereIsRefused()
    {
        QFETCH(QByteArray, bytes);
        const std::string whole = bytes.toStdString();
        QCOMPARE(refusal(whole), std::string());
        for (size_t length = 0; length < whole.size(); ++length)
            QVERIFY2(isRefused(whole.substr(0, length)), qPrintable(QString::number(length)));
    }

    /// A zip notices every changed bit that matters; the others have no checksum, but must not come to harm.
    void flippedAnywhereIsRefusedOrDoesNotMatter_data() { files(); }
    void flippedAnywhereIsRefusedOrDoesNotMatter()
    {
        QFETCH(QByteArray, bytes);
        const std::string whole = bytes.toStdString();
        const bool checksummed = whole.starts_with("PK");
        const std::string content = contentOf(decodeWeightFile(whole, "memory"));
        for (size_t bit = 0; bit < whole.size() * 8; ++bit) {
            std::string flipped = whole;
            flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
            std::optional<WeightFile> read;
            const auto error = errorOf([&] { read = decodeWeightFile(flipped, "hostile.pt"); });
            if (error)
                QVERIFY2(std::string(error->what()).starts_with("hostile.pt "), error->what());
            else if (checksummed)
                QVERIFY2(contentOf(*read) == content, qPrintable(QStringLiteral("bit %1 of byte %2").arg(bit % 8).arg(bit / 8)));
        }
    }

    void aFlippedNumberIsNamed()
    {
        std::string bytes = smallZip();
        const size_t at = bytes.find(floats(numbers));
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        const std::string sentence = refusal(bytes);
        QVERIFY2(sentence.find("checksum") != std::string::npos && sentence.find("\"x/data/0\"") != std::string::npos, sentence.c_str());
    }

    void realFilesCutAtEveryBoundary_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"reference/beats_tiny.pt", "reference/beats_tiny_legacy.pt", "reference/beats_tiny_finetuned.pt"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    /// Zip: around every local header, directory entry and storage. Legacy: around every storage and through the pickles.
    void realFilesCutAtEveryBoundary()
    {
        QFETCH(QString, name);
        if (!fs::exists(shared(name)))
            QSKIP("The reference files are not there (MELSCOPE_SHARED).");
        const std::string whole = readFile(shared(name));
        std::set<size_t> cuts;
        const auto around = [&](size_t at) {
            for (size_t cut = at < 2 ? 0 : at - 2; cut <= at + 2 && cut < whole.size(); ++cut)
                cuts.insert(cut);
        };
        for (size_t at = whole.find("PK"); at != std::string::npos; at = whole.find("PK", at + 1))
            around(at);
        for (const WeightTensor& tensor : decodeWeightFile(whole, "memory").tensors) {
            const std::string_view bytes(reinterpret_cast<const char*>(tensor.storage.bytes.get()), static_cast<size_t>(tensor.storage.size));
            const size_t at = whole.find(bytes);
            QVERIFY(at != std::string::npos);
            around(at);
            around(at + bytes.size());
        }
        for (size_t at = 0; at < whole.size(); at += whole.size() / 50)
            around(at);
        for (const size_t cut : cuts)
            QVERIFY2(isRefused(whole.substr(0, cut)), qPrintable(QString::number(cut)));
        QVERIFY(cuts.size() > 500);
    }

    void hostileContainersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(expected);
        };
        const std::string data = floats(numbers);
        const ZipEntry head{.name = "x/data.pkl", .bytes = pickle()};
        const ZipEntry first{.name = "x/data/0", .bytes = data};
        const ZipEntry second{.name = "x/data/1", .bytes = data};
        const auto with = [](ZipEntry entry, auto change) { change(entry); return entry; };
        row("os.system in a zip", torchZip(dictPickle(text("a") + global("os", "system") + text("true") + "\x85R"), {}), "\"os.system\"");
        row("os.system in a stream", torchLegacy("\x80\x02" + global("os", "system") + text("true") + "\x85R.", {}), "\"os.system\"");
        row("os.system before the object", legacyHead().substr(0, 15) + "\x80\x02" + global("os", "system") + ".", "\"os.system\"");
        row("os.system after the object", legacyHead() + pickle() + "\x80\x02" + global("os", "system") + ".", "\"os.system\"");
        row("storage missing", torchZip(pickle(), {data}), "storage \"1\" is missing");
        row("storage short", torchZip(pickle(), {data, data.substr(4)}), "12 bytes where 4 numbers of F32");
        row("storage long", torchZip(pickle(), {data + data, data}), "32 bytes");
        row("storage of another type", torchZip(pickle("DoubleStorage"), {data, data}), "4 numbers of F64");
        row("storage of 2^61 numbers", torchZip(dictPickle(text("a") + tensor(storage("0", 1LL << 61), 0, {1}, {1})), {data}), "16 bytes");
        row("storage key that climbs", torchZip(dictPickle(text("a") + tensor(storage("../../etc/passwd", 4), 0, {4}, {1})), {data}), "is missing");
        row("part twice", zip({head, first, first, second}), "two parts");
        row("two pickles", zip({head, with(head, [](ZipEntry& e) { e.name = "y/data.pkl"; }), first, second}), "several data.pkl");
        row("compressed", zip({head, with(first, [](ZipEntry& e) { e.method = 8; }), second}), "compressed");
        row("encrypted", zip({head, with(first, [](ZipEntry& e) { e.flags = 1; }), second}), "encrypted");
        row("part larger than the file", zip({head, with(first, [](ZipEntry& e) { e.claimed = 0x7fffffff; }), second}), "");
        row("wrong checksum of the pickle", zip({with(head, [](ZipEntry& e) { e.badCrc = 1; }), first, second}), "checksum");
        row("wrong checksum of a storage", zip({head, first, with(second, [](ZipEntry& e) { e.badCrc = 1; })}), "checksum");
        row("stream of another protocol", legacyHead(1002), "another protocol");
        row("big-endian stream", legacyHead(1001, false) + pickle(), "big-endian");
        row("stream without one storage", torchLegacy(pickle(), {data}), "storage \"1\" is missing");
        row("stream with one more", torchLegacy(pickle(), {data, data, data}), "nothing refers to");
        row("stream with a short storage", torchLegacy(pickle(), {data, data.substr(4)}), "3 numbers where 4");
        row("same storage twice", legacyHead() + pickle() + "\x80\x02](" + text("0") + text("0") + "e." + raw(int64_t(4)) + data + raw(int64_t(4)) + data, "twice");
        const std::string huge = dictPickle(text("a") + tensor(storage("0", INT64_MAX), 0, {1}, {1}));
        const std::string negative = dictPickle(text("a") + tensor(storage("0", 0), 0, {0}, {1}));
        const std::string oneKey = "\x80\x02](" + text("0") + "e.";
        row("stream storage of 2^63 numbers", legacyHead() + huge + oneKey + raw(INT64_MAX) + data, "claims 9223372036854775807");
        row("stream storage of -1 numbers", legacyHead() + negative + oneKey + raw(int64_t(-1)) + data, "-1 numbers where 0");
        const auto weight = tensor(storage("0", 4), 0, {4}, {1});
        row("one name twice", torchZip(dictPickle(text("a") + weight + text("a") + weight), {data}), "two tensors called \"a\"");
        row("key that is no name", torchZip(dictPickle("N" + weight), {data}), "key");
        std::string tied; // a megabyte, two hundred times
        for (int i = 0; i < 200; ++i)
            tied += text(std::to_string(i)) + tensor(storage("0", 1 << 18), 0, {1 << 18}, {1});
        row("the same numbers over and over", torchZip(dictPickle(tied), {std::string(1 << 20, 'x')}), "over and over");
        std::string laughs = "\x80\x02}(" + text("t") + weight + "u";
        for (int i = 0; i < 30; ++i) // each dictionary holds the one before it twice
            laughs += "q" + raw(static_cast<uint8_t>(i)) + "0}(" + text("a") + "h" + raw(static_cast<uint8_t>(i)) + text("b") + "h" + raw(static_cast<uint8_t>(i)) + "u";
        row("a billion dictionaries", torchZip(laughs + ".", {data}), "unfold without end");
        std::string nested = "\x80\x02";
        for (int i = 0; i < 100'000; ++i)
            nested += "}" + text("a");
        nested += weight + std::string(100'000, 's') + ".";
        row("nested without end", torchZip(nested, {data}), "unfold without end");
        row("dictionary in itself", torchZip("\x80\x02}q" + std::string(1, '\0') + "(" + text("t") + weight + text("me") + "h" + std::string(1, '\0') + "u.", {data}),
            "unfold without end");
    }

    void hostileContainersAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString sentence = QString::fromStdString(refusal(bytes.toStdString()));
        QVERIFY2(sentence.startsWith(QLatin1String("hostile.pt ")) && sentence.contains(expected), qPrintable(sentence));
    }
};

QTEST_GUILESS_MAIN(TestHostileWeights)
#include "tst_hostile_weights.moc"
