// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/ErrorOf.h"
#include "weights/Safetensors.h"
#include "weights/WeightBytes.h"

#include <QtTest>

using namespace melscope;
using namespace melscope::test;

class TestSafetensors : public QObject
{
    Q_OBJECT

private:
    static std::string file(const std::string& header, const std::string& data, std::optional<uint64_t> claimed = {})
    {
        return weightbytes::raw(claimed.value_or(header.size())) + header + data;
    }

    static WeightFile decode(const std::string& bytes)
    {
        return decodeSafetensors(std::make_shared<const std::string>(bytes), "hostile.safetensors");
    }

private Q_SLOTS:
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
        row("overflow beside a zero", file(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}})", data));
        row("seventeen dimensions", file(R"({"a":{"dtype":"F32","shape":[2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,8]}})", data));
        row("offsets no numbers", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":["0","8"]}})", data));
        row("tensor no object", file(R"({"a":7})", data));
        row("twins", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", data));
        row("overlap", file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", data));
    }

    void hostileFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto error = errorOf([&] { decode(bytes.toStdString()); });
        QVERIFY(error);
        QVERIFY(error->kind() == ErrorKind::Format || error->kind() == ErrorKind::Truncated);
        QVERIFY(std::string(error->what()).find("hostile.safetensors") != std::string::npos);
    }

    void orderAndMetadataAreKept()
    {
        const std::string header = R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"__metadata__":{"format":"pt"},)"
                                   R"("a":{"dtype":"I16","shape":[2,1],"data_offsets":[0,4]}})";
        const WeightFile read = decode(file(header, weightbytes::raw(int16_t(-3)) + weightbytes::raw(int16_t(4)) + weightbytes::floats({2.5f})));
        QCOMPARE(read.tensors.size(), size_t(2));
        QCOMPARE(read.tensors[0].name, std::string("a"));
        QCOMPARE(read.tensors[0].type, ElementType::I16);
        QCOMPARE(read.tensors[0].shape, (std::vector<int64_t>{2, 1}));
        int16_t numbers[2];
        copyElements(read.tensors[0], reinterpret_cast<std::byte*>(numbers));
        QCOMPARE(int(numbers[0]), -3);
        QCOMPARE(int(numbers[1]), 4);
        QCOMPARE(read.metadata["format"], "pt");
    }
};

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
