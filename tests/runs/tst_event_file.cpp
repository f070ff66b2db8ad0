// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "runs/EventFile.h"
#include "runs/TensorBoardExport.h"
#include "support/PythonTorch.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
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

/// Reads an event file with Google's protocol buffers and the messages as TensorFlow declares them (core/util/event.proto and
/// core/framework/summary.proto), sounds with Python's wave module; prints a JSON line a value.
constexpr const char* pythonReader = R"py(
import io, json, struct, sys, wave
from google.protobuf import descriptor_pb2, descriptor_pool
try:
    from google.protobuf.message_factory import GetMessageClass as message_class
except ImportError:
    from google.protobuf.message_factory import MessageFactory
    message_class = MessageFactory().GetPrototype
file = descriptor_pb2.FileDescriptorProto(name='event.proto', package='t', syntax='proto3')
types = {'double': 1, 'float': 2, 'int64': 3, 'int32': 5, 'string': 9, 'bytes': 12}
def message(name, *fields):
    m = file.message_type.add(name=name)
    for number, field, kind in fields:
        f = m.field.add(name=field, number=number, label=3 if kind.endswith('*') else 1)
        kind = kind.rstrip('*')
        if kind in types: f.type = types[kind]
        else: f.type, f.type_name = 11, '.t.' + kind
message('Image', (1, 'height', 'int32'), (2, 'width', 'int32'), (3, 'colorspace', 'int32'), (4, 'encoded_image_string', 'bytes'))
message('Audio', (1, 'sample_rate', 'float'), (2, 'num_channels', 'int64'), (3, 'length_frames', 'int64'), (4, 'encoded_audio_string', 'bytes'), (5, 'content_type', 'string'))
message('Value', (1, 'tag', 'string'), (2, 'simple_value', 'float'), (4, 'image', 'Image'), (6, 'audio', 'Audio'))
message('Summary', (1, 'value', 'Value*'))
message('Event', (1, 'wall_time', 'double'), (2, 'step', 'int64'), (3, 'file_version', 'string'), (5, 'summary', 'Summary'))
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
Event = message_class(pool.FindMessageTypeByName('t.Event'))
data = open(sys.argv[1], 'rb').read()
while data:
    length, = struct.unpack('<Q', data[:8])
    event = Event.FromString(data[12:12 + length])
    data = data[16 + length:]
    for value in event.summary.value:
        line = {'tag': value.tag, 'step': event.step, 'wall_time': event.wall_time}
        if value.HasField('image'):
            line['image'] = [value.image.width, value.image.height, value.image.encoded_image_string.hex()]
        elif value.HasField('audio'):
            with wave.open(io.BytesIO(value.audio.encoded_audio_string)) as sound:
                frames = sound.readframes(sound.getnframes())
                line['audio'] = [sound.getframerate(), sound.getnchannels(), sound.getnframes(), sound.getsampwidth(), len(frames)]
            line['declared'] = [value.audio.sample_rate, value.audio.num_channels, value.audio.length_frames]
            line['first'] = list(struct.unpack('<3h', frames[:6]))
        else:
            line['scalar'] = value.simple_value
        print(json.dumps(line))
)py";

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
        std::vector<std::string> warnings;
        const auto files = exportTensorBoard(store, store.find(run.id), root / "out", 8, {}, warnings);
        QVERIFY(warnings.empty());
        QCOMPARE(files.size(), size_t{1}); // the second fold has no epoch
        QCOMPARE(files.front().parent_path(), root / "out" / run.name / "fold1");
        std::map<std::string, std::vector<float>> scalars;
        for (const std::string& event : records(readFile(files.front())))
            if (const std::string value = field(field(event, 5), 1); !value.empty())
                scalars[field(value, 1)].push_back(number<float>(field(value, 2)));
        QCOMPARE(scalars["loss/train"], (std::vector<float>{2.0F, 1.0F}));
        QCOMPARE(scalars["accuracy/validation"], (std::vector<float>{0.75F}));

        std::filesystem::remove_all(root / "data");
        QCOMPARE(exportTensorBoard(store, store.find(run.id), root / "out", 8, {}, warnings).size(), size_t{1}); // the curves all the same
        QCOMPARE(warnings.size(), size_t{1});
    }

    void anotherReaderFindsCurvesSoundsAndPictures()
    {
        if (!runPython("import google.protobuf", {}).ok)
            QSKIP("Python's protocol buffers (python3-protobuf) are not installed.");
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        auto dataset = tinyDataset(root / "data", 2, 2);
        for (const Clip& clip : dataset->clips) // two channels, of which the second is the first upside down
            writeAudioFile(clip.path, {.sampleRate = 8000, .channels = 2, .samples = {0.5F, -0.25F, 0.0F, 0.125F, -0.5F, 0.25F, 0.0F, -0.125F}});
        dataset = std::make_shared<const Dataset>(openDataset(root / "data"));
        RunStore store(root / "store");
        const RunRecord run = store.create(tinyRun(dataset, 1, {1}));
        store.addMetrics(run.id, {{.fold = 1, .epoch = 1, .epochs = 1, .trainLoss = 2.0, .seconds = 5.0}});
        FoldResult result{.fold = 1};
        for (int clip = 0; clip < 2; ++clip)
            result.predictions.push_back({.clip = clip, .name = dataset->clips[static_cast<size_t>(clip)].name, .fold = 1, .label = clip, .predicted = 0, .loss = 1.0 + clip,
                                          .probabilities = {0.5F, 0.5F}});
        store.addFoldResult(run.id, result);
        std::vector<std::string> warnings;
        const auto files = exportTensorBoard(store, store.find(run.id), root / "out", 1, [](const std::filesystem::path&) {
            return EncodedPicture{.width = 300, .height = 128, .png = "\x89PNG"};
        }, warnings);
        QCOMPARE(files.size(), size_t{1});
        const PythonResult read = runPython(pythonReader, {QString::fromStdString(files.front().string())});
        QVERIFY2(read.ok, read.errors.constData());
        std::map<std::string, std::vector<Json>> found; // by what it is
        for (const QByteArray& line : read.out.split('\n'))
            if (!line.isEmpty()) {
                const Json value = Json::parse(line.toStdString());
                found[value.contains("audio") ? "audio" : value.contains("image") ? "image" : value["tag"].get<std::string>()].push_back(value);
            }
        QCOMPARE(found["loss/train"].size(), size_t{1});
        QCOMPARE(found["loss/train"][0]["scalar"].get<double>(), 2.0);
        QCOMPARE(found["audio"].size(), size_t{1}); // one sample was asked for: that of the highest loss
        const Json& audio = found["audio"][0];
        QVERIFY(audio["tag"].get<std::string>().find(dataset->clips[1].name) != std::string::npos);
        QVERIFY(audio["audio"] == Json({8000, 2, 4, 2, 16}));
        QVERIFY(audio["declared"] == Json({8000.0, 2, 4}));
        const std::vector<int> first = audio["first"];
        QVERIFY(std::abs(first[0] - 16384) <= 1 && std::abs(first[1] + 16384) <= 1 && std::abs(first[2] + 8192) <= 1); // channels in turn
        QCOMPARE(found["image"].size(), size_t{1});
        QVERIFY(found["image"][0]["image"] == Json({300, 128, "89504e47"}));
    }
};

QTEST_APPLESS_MAIN(TestEventFile)
#include "tst_event_file.moc"
