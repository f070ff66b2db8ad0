// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "support/ErrorOf.h"
#include "weights/PickleJson.h"
#include "weights/Unpickler.h"
#include "weights/WeightBytes.h"

#include <QtTest>

using namespace melscope;
using namespace melscope::test;
using namespace weightbytes;

// pickle.dumps(v, protocol=2) and (v, protocol=4) in CPython 3.11, where v = OrderedDict of none None, yes True, no False, small 7,
// word 300, int -70000, long 2**40, minus -2**40, zero 0, real -1.5, text 'hé', list [1, [2], ()], pair (1, 2), triple (1, 2, 3),
// four (1, 2, 3, 4), dict {3: 'three', 'again': None}, and again, the same list.
const char* const protocol2 =
    "800263636f6c6c656374696f6e730a4f726465726564446963740a7100295271012858040000006e6f6e6571024e580300000079657371038858020000006e6f71"
    "04895805000000736d616c6c71054b075804000000776f726471064d2c015803000000696e7471074a90eefeff58040000006c6f6e6771088a0600000000000158"
    "050000006d696e757371098a060000000000ff58040000007a65726f710a4b0058040000007265616c710b47bff8000000000000580400000074657874710c5803"
    "00000068c3a9710d58040000006c697374710e5d710f284b015d71104b0261296558040000007061697271114b014b028671125806000000747269706c6571134b"
    "014b024b038771145804000000666f75727115284b014b024b034b0474711658040000006469637471177d7118284b035805000000746872656571195805000000"
    "616761696e711a4e75681a680f752e";
const char* const protocol4 =
    "80049502010000000000008c0b636f6c6c656374696f6e73948c0b4f72646572656444696374949394295294288c046e6f6e65944e8c0379657394888c026e6f94"
    "898c05736d616c6c944b078c04776f7264944d2c018c03696e74944a90eefeff8c046c6f6e67948a060000000000018c056d696e7573948a060000000000ff8c04"
    "7a65726f944b008c047265616c9447bff80000000000008c0474657874948c0368c3a9948c046c697374945d94284b015d944b026129658c0470616972944b014b"
    "0286948c06747269706c65944b014b024b0387948c04666f757294284b014b024b034b0474948c0464696374947d94284b038c057468726565948c05616761696e"
    "944e75681c6811752e";
const char* const values = R"({"none":null,"yes":true,"no":false,"small":7,"word":300,"int":-70000,"long":1099511627776,)"
                           R"("minus":-1099511627776,"zero":0,"real":-1.5,"text":"hé","list":[1,[2],[]],"pair":[1,2],"triple":[1,2,3],)"
                           R"("four":[1,2,3,4],"dict":{"3":"three","again":null},"again":[1,[2],[]]})";

class TestUnpickler : public QObject
{
    Q_OBJECT

private:
    static PickleTree read(const std::string& bytes)
    {
        const std::filesystem::path path("hostile.pt");
        return unpickle(bytes, Refusal(path, "PyTorch file"));
    }

    static std::string json(const PickleTree& tree)
    {
        int budget = 1000;
        const auto value = pickleToJson(tree, tree.root, budget);
        return value ? value->dump() : "too much";
    }

    static std::string fromHex(const char* text) { return QByteArray::fromHex(text).toStdString(); }

private Q_SLOTS:
    void pythonsValuesAreRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("protocol 2") << QByteArray::fromHex(protocol2);
        QTest::newRow("protocol 4") << QByteArray::fromHex(protocol4);
        for (const char number : {3, 5}) { // these add nothing that the values above need
            QByteArray bytes = QByteArray::fromHex(number == 3 ? protocol2 : protocol4);
            bytes[1] = number;
            QTest::newRow(number == 3 ? "protocol 3" : "protocol 5") << bytes;
        }
    }

    void pythonsValuesAreRead()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(json(read(bytes.toStdString())), std::string(values));
    }

    void setsAndBytesAreRead()
    {
        // pickle.dumps([{5}, frozenset({6}), b'\x00\xff', bytearray(b'ab')], protocol=5), without the frame
        const PickleTree tree = read(std::string("\x80\x05](\x8f(K\x05\x90(K\x06\x91" "C\x02\x00\xff\x96\x02\x00\x00\x00\x00\x00\x00\x00" "abe.", 31));
        const std::vector<PickleNodeId>& items = tree[tree.root].items;
        QCOMPARE(items.size(), size_t(4));
        QCOMPARE(tree[items[0]].kind, PickleKind::Set);
        QCOMPARE(tree[tree[items[0]].items.at(0)].integer, int64_t(5));
        QCOMPARE(tree[tree[items[1]].items.at(0)].integer, int64_t(6));
        QCOMPARE(tree[items[2]].text, std::string("\x00\xff", 2));
        QCOMPARE(tree[items[3]].text, std::string("ab"));
    }

    void tensorsAreViewsOfStorages()
    {
        const PickleTree tree = read(dictPickle(text("w") + tensor(storage("7", 10), 2, {2, 3}, {4, 1}) + text("size") + global("torch", "Size")
                                                + tuple({2, 3}) + "\x85R" + text("device") + global("torch", "device") + text("cuda")
                                                + "\x85R" + text("dtype") + global("torch", "float32") + text("p")
                                                + global("torch._utils", "_rebuild_parameter") + "("
                                                + tensor(storage("7", 10), 0, {}, {}) + "\x88" + emptyOrderedDict() + "tR"));
        QCOMPARE(tree.storages.size(), size_t(1));
        QCOMPARE(tree.storages[0].key, std::string("7"));
        QCOMPARE(tree.storages[0].elements, int64_t(10));
        QCOMPARE(tree.tensors.size(), size_t(2));
        QCOMPARE(tree.tensors[0].offset, int64_t(2));
        QCOMPARE(tree.tensors[0].shape, (std::vector<int64_t>{2, 3}));
        QCOMPARE(tree.tensors[0].strides, (std::vector<int64_t>{4, 1}));
        const std::vector<PickleNodeId>& items = tree[tree.root].items;
        QCOMPARE(tree[items[5]].text, std::string("cuda"));
        QCOMPARE(tree[items[7]].text, std::string("torch.float32"));
        QCOMPARE(tree[items[9]].kind, PickleKind::Tensor);
    }

    void python2sDictionariesAreRead()
    {
        QCOMPARE(json(read("\x80\x02" + global("collections", "OrderedDict") + "](](" + std::string("U\x01" "aK\x01" "e](U\x01" "bK\x02" "ee\x85R."))),
                 std::string(R"({"a":1,"b":2})"));
    }

    void hostilePicklesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(expected);
        };
        const std::string start = "\x80\x02";
        const auto view = [](int64_t elements, int64_t offset, std::vector<int64_t> shape, std::vector<int64_t> strides) {
            return dictPickle(text("w") + tensor(storage("0", elements), offset, shape, strides));
        };
        row("os.system", start + global("os", "system") + text("true") + "\x85R.", "\"os.system\"");
        row("never called", start + global("posix", "system") + "0N.", "\"posix.system\"");
        row("by stack", "\x80\x04\x8c\x08" "builtins\x8c\x04" "eval\x93.", "\"builtins.eval\"");
        row("torch's own loader", start + global("torch.storage", "_load_from_bytes") + ".", "\"torch.storage._load_from_bytes\"");
        row("terminal escape", start + global("os", "\x1b[2Jx") + ".", "\"os.?[2Jx\"");
        row("whole model", start + "(" + text("module") + text("x") + "tQ.", "a whole model");
        row("instance", start + "(ios\nsystem\n.", "opcode 105");
        row("object", start + "(os\no.", "opcode 111");
        row("extension", start + "\x82\x01.", "opcode 130");
        row("text identity", start + "Px\n.", "opcode 80");
        row("out of band", "\x80\x05\x97.", "opcode 151");
        row("zero opcode", start + std::string(1, '\0') + ".", "opcode 0");
        row("protocol 0", "(dp0\n.", "protocol number");
        row("protocol 6", "\x80\x06N.", "protocol 6");
        row("nothing", "", "ends");
        row("no stop", start + "N", "ends");
        row("nothing on the stack", start + ".", "middle of a value");
        row("two values", start + "NN.", "middle of a value");
        row("open mark", start + "N(.", "middle of a value");
        row("underflow", start + "0.", "not there");
        row("below a mark", start + "N(0.", "not there");
        row("no mark", start + "t.", "did not open");
        row("unknown memo", start + "h\x05.", "did not keep");
        row("text of 2^63 bytes", std::string("\x80\x04\x8d") + raw(uint64_t(1) << 63) + "x.", "9223372036854775808 more bytes");
        row("bytes of 2^64-1", std::string("\x80\x04\x8e") + raw(~uint64_t(0)) + "x.", "18446744073709551615 more bytes");
        row("integer of 2 GB", start + "\x8b" + raw(uint32_t(1) << 31) + "x.", "more bytes");
        row("integer of 9 bytes", start + "\x8a\x09" + std::string(9, 'x') + ".", "integer of 9 bytes");
        row("append to a number", start + "K\x01K\x02" "a.", "cannot take it");
        row("append to a tuple", start + ")K\x02" "a.", "cannot take it");
        row("key without value", start + "}(Nu.", "cannot take it");
        row("attributes of a list", start + "]}b.", "attributes");
        row("call of a text", start + text("os.system") + ")R.", "no function");
        row("call of a storage class", start + global("torch", "FloatStorage") + ")R.", "storage class");
        row("call without tuple", start + global("collections", "OrderedDict") + "NR.", "no function");
        row("tensor of nothing", start + global("torch._utils", "_rebuild_tensor_v2") + ")R.", "arguments");
        row("tensor of texts", start + global("torch._utils", "_rebuild_tensor_v2") + "(" + text("a") + text("b") + text("c") + text("d") + "tR.", "arguments");
        row("storage of no class", start + "(" + text("storage") + global("torch", "Size") + text("0") + text("cpu") + integer(4) + "tQ.", "no known class");
        row("identity of a number", start + "K\x01Q.", "whole model");
        row("negative storage", view(-4, 0, {1}, {1}), "leaves its storage");
        row("beyond the storage", view(4, 0, {5}, {1}), "beyond the end");
        row("offset beyond", view(4, 3, {2}, {1}), "beyond the end");
        row("offset outside", view(4, 5, {0}, {1}), "outside its storage");
        row("negative offset", view(4, -1, {1}, {1}), "outside its storage");
        row("negative size", view(4, 0, {-1}, {1}), "negative");
        row("negative stride", view(4, 3, {2}, {-1}), "negative");
        row("stride missing", view(4, 0, {2, 2}, {1}), "strides");
        row("product overflows", view(4, 0, {1LL << 32, 1LL << 32}, {0, 0}), "beyond all bounds");
        row("reach overflows", view(4, 0, {1LL << 40}, {1LL << 40}), "beyond all bounds");
        row("endless repetition", view(4, 0, {1LL << 40}, {0}), "repeats");
        row("seventeen dimensions", view(4, 0, std::vector<int64_t>(17, 1), std::vector<int64_t>(17, 1)), "17 dimensions");
        row("storage of two kinds", dictPickle(text("a") + tensor(storage("0", 4), 0, {4}, {1}) + text("b")
                                               + tensor(storage("0", 4, "LongStorage"), 0, {4}, {1})), "in two ways");
        row("storage of two sizes", dictPickle(text("a") + tensor(storage("0", 4), 0, {4}, {1}) + text("b")
                                               + tensor(storage("0", 5), 0, {4}, {1})), "in two ways");
        row("view beyond its storage", dictPickle(text("a") + tensor(storage("0", 4, "FloatStorage", "(" + text("v") + integer(3) + integer(2) + "t"),
                                                                     0, {1}, {1})), "leaves its storage");
        row("view that overflows", dictPickle(text("a") + tensor(storage("0", 4, "FloatStorage", "(" + text("v") + integer(INT64_MAX)
                                                                         + integer(INT64_MAX) + "t"), 0, {1}, {1})), "leaves its storage");
        row("pairs that are none", start + global("collections", "OrderedDict") + "]]K\x01" "aa\x85R.", "other than pairs");
        row("three million values", start + "(" + std::string(3'000'000, 'N') + "t.", "values");
        row("longer than any", start + "(" + std::string(20 << 20, '2') + "t.", "not there");
        row("too long", start + "N" + std::string(20 << 20, '2') + ".", "longer than 16 MiB");
    }

    void hostilePicklesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const auto error = errorOf([&] { read(bytes.toStdString()); });
        QVERIFY(error);
        QVERIFY(error->kind() == ErrorKind::Format || error->kind() == ErrorKind::Truncated || error->kind() == ErrorKind::Unsupported);
        const QString sentence = QString::fromStdString(error->what());
        QVERIFY2(sentence.startsWith(QLatin1String("hostile.pt ")) && sentence.contains(expected), qPrintable(sentence));
    }

    void everyCutIsRefused()
    {
        for (const char* hex : {protocol2, protocol4}) {
            const std::string whole = fromHex(hex);
            for (size_t length = 0; length < whole.size(); ++length)
                QVERIFY_THROWS_EXCEPTION(Error, read(whole.substr(0, length)));
        }
    }

    /// Values nested or shared without measure are read in time and memory linear in the pickle; unfolding them stops.
    void bombsDoNotGoOff()
    {
        constexpr int levels = 1'000'000;
        std::string nested = "\x80\x02";
        for (int i = 0; i < levels; ++i)
            nested += "]";
        nested += std::string(levels - 1, 'a') + ".";
        const PickleTree deep = read(nested);
        QCOMPARE(deep.nodes.size(), size_t(levels));
        QCOMPARE(json(deep), std::string("too much"));

        std::string laughs = "\x80\x02)"; // each level holds the one below twice: 2^60 values
        for (int i = 0; i < 60; ++i)
            laughs += "2\x86";
        QCOMPARE(json(read(laughs + ".")), std::string("too much"));

        QCOMPARE(json(read(std::string("\x80\x02]q\x00h\x00" "a.", 9))), std::string("too much")); // a list that holds itself
    }
};

QTEST_GUILESS_MAIN(TestUnpickler)
#include "tst_unpickler.moc"
