// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Files.h"
#include "runs/EventFile.h"
#include "runs/TensorBoardExport.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <map>
#include <stdexcept>

using namespace melscope;
using namespace melscope::test;

namespace {

/// Bit by bit from the polynomial's definition, unlike the table of the writer.
uint32_t slowCrc(std::string_view bytes)
{
    uint32_t crc = ~0u;
    for (const char byte : bytes)
        for (int bit = 0; bit < 8; ++bit) {
            const bool high = ((crc ^ static_cast<uint32_t>(static_cast<unsigned char>(byte)) >> bit) & 1) != 0;
            crc = crc >> 1 ^ (high ? 0x82F63B78u : 0u);
        }
    return ~crc;
}

template<typename Number>
Number take(std::string_view& bytes)
{
    if (bytes.size() < sizeof(Number))
        throw std::runtime_error("the file ends early");
    Number value;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

uint64_t takeVarint(std::string_view& bytes)
{
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = take<uint8_t>(bytes);
        value |= static_cast<uint64_t>(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
}

/// Fields of a message by number; numbers as their eight bytes.
std::multimap<uint32_t, std::string> fields(std::string_view message)
{
    std::multimap<uint32_t, std::string> result;
    while (!message.empty()) {
        const auto key = static_cast<uint32_t>(takeVarint(message));
        std::string value;
        switch (key & 7) {
        case 0: {
            const uint64_t number = takeVarint(message);
            value.assign(reinterpret_cast<const char*>(&number), sizeof number);
            break;
        }
        case 1: value = std::string(message.substr(0, 8)), take<uint64_t>(message); break;
        case 5: value = std::string(message.substr(0, 4)), take<uint32_t>(message); break;
        case 2: {
            const auto size = static_cast<size_t>(takeVarint(message));
            value = std::string(message.substr(0, size));
            message.remove_prefix(size);
            break;
        }
        default: throw std::runtime_error("an unknown wire type");
        }
        result.emplace(key >> 3, value);
    }
    return result;
}

template<typename Number>
Number number(const std::string& bytes)
{
    std::string_view view = bytes;
    return take<Number>(view);
}

/// The events' messages, every length and checksum verified.
std::vector<std::string> records(std::string_view file)
{
    const auto unmasked = [](uint32_t masked) {
        const uint32_t rotated = masked - 0xA282EAD8u;
        return rotated >> 17 | rotated << 15;
    };
    std::vector<std::string> result;
    while (!file.empty()) {
        const std::string_view lengthBytes = file.substr(0, 8);
        const auto length = static_cast<size_t>(take<uint64_t>(file));
        if (unmasked(take<uint32_t>(file)) != slowCrc(lengthBytes))
            throw std::runtime_error("a length's checksum is wrong");
        const std::string_view event = file.substr(0, length);
        file.remove_prefix(length);
        if (unmasked(take<uint32_t>(file)) != slowCrc(event))
            throw std::runtime_error("an event's checksum is wrong");
        result.emplace_back(event);
    }
    return result;
}

std::string field(const std::string& message, uint32_t number)
{
    const auto all = fields(message);
    const auto found = all.find(number);
    return found == all.end() ? std::string() : found->second;
}

} // namespace

class TestEventFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksumsAreThoseOfTheStandard()
    {
        QCOMPARE(crc32c("123456789"), 0xE3069283u); // the check value of CRC-32C
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu); // RFC 3720, B.4
        QCOMPARE(crc32c("melscope"), slowCrc("melscope"));
    }

    void eventsReadBack()
    {
        EventFile file(1000.5);
        file.addScalar("loss/train", 3, 1001.0, 0.25F);
        file.addImage("clip", 4, 1002.0, 300, 128, "PNG");
        file.addAudio("clip", 4, 1002.0, 44100, 2, 70000, "RIFF");
        const auto events = records(file.bytes());
        QCOMPARE(events.size(), size_t{4});
        QCOMPARE(number<double>(field(events[0], 1)), 1000.5);
        QCOMPARE(field(events[0], 3), std::string("brain.Event:2"));
        QCOMPARE(number<uint64_t>(field(events[1], 2)), uint64_t{3});
        const std::string scalar = field(field(events[1], 5), 1);
        QCOMPARE(field(scalar, 1), std::string("loss/train"));
        QCOMPARE(number<float>(field(scalar, 2)), 0.25F);
        const std::string image = field(field(field(events[2], 5), 1), 4);
        QCOMPARE(number<uint64_t>(field(image, 1)), uint64_t{128}); // height before width
        QCOMPARE(number<uint64_t>(field(image, 2)), uint64_t{300});
        QCOMPARE(field(image, 4), std::string("PNG"));
        const std::string audio = field(field(field(events[3], 5), 1), 6);
        QCOMPARE(number<float>(field(audio, 1)), 44100.0F);
        QCOMPARE(number<uint64_t>(field(audio, 3)), uint64_t{70000});
        QCOMPARE(field(audio, 5), std::string("audio/wav"));
    }

    void aRunBecomesAFolderAFold()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        const auto dataset = tinyDataset(root / "data");
        RunStore store(root / "store");
        const RunRecord run = store.create(tinyRun(dataset, 2));
        const double nan = std::numeric_limits<double>::quiet_NaN();
        store.addMetrics(run.id, {{.fold = 1, .epoch = 1, .epochs = 2, .trainLoss = 2.0, .valLoss = nan, .valAccuracy = nan, .seconds = 5.0},
                                  {.fold = 1, .epoch = 2, .epochs = 2, .trainLoss = 1.0, .valLoss = 1.5, .valAccuracy = 0.75, .seconds = 5.0}});
        const auto files = exportTensorBoard(store, store.find(run.id), root / "out", 8, {});
        QCOMPARE(files.size(), size_t{1}); // the second fold has no epoch
        QCOMPARE(files.front().parent_path(), root / "out" / run.name / "fold1");
        std::map<std::string, std::vector<float>> scalars;
        for (const std::string& event : records(readFile(files.front())))
            if (const std::string value = field(field(event, 5), 1); !value.empty())
                scalars[field(value, 1)].push_back(number<float>(field(value, 2)));
        QCOMPARE(scalars["loss/train"], (std::vector<float>{2.0F, 1.0F}));
        QCOMPARE(scalars["accuracy/validation"], (std::vector<float>{0.75F}));
    }
};

QTEST_APPLESS_MAIN(TestEventFile)
#include "tst_event_file.moc"
