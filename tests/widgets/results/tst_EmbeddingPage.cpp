// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/JobBar.h"
#include "common/Theme.h"
#include "results/EmbeddingMap.h"
#include "results/EmbeddingPage.h"
#include "results/MapClipModel.h"
#include "results/MapClipPanel.h"
#include "results/ViewAnatomyModel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <random>
#include <set>

using namespace melscope;

namespace {

constexpr int patience = 60'000;
const std::vector<std::string> classes{"dog", "rain", "sea waves"};

/// Three heaps of 20 clips around corners of a triangle that is 100 wide, in two of 16 columns; every fifth clip is held out, and of
/// those the first of each class is taken for the next one.
std::shared_ptr<const ModelMap> heaps()
{
    auto map = std::make_shared<ModelMap>(ModelMap{.run = "aaaa1111", .fold = 5, .classes = classes});
    map->features = {.rows = 60, .columns = 16, .values = std::vector<float>(60 * 16)};
    std::mt19937 random(1);
    std::uniform_real_distribution<float> noise(-1.0F, 1.0F);
    for (int i = 0; i < 60; ++i) {
        const int label = i / 20;
        MappedClip clip{.name = "clip" + std::to_string(i) + ".wav", .path = "/clips/" + std::to_string(i), .label = label, .fold = i % 5 + 1};
        if (clip.fold == 5) {
            clip.predicted = i % 20 == 4 ? (label + 1) % 3 : label;
            clip.loss = 0.1 + i;
            clip.verdict = clip.wrong() && label == 0 ? Verdict::LabelWrong : Verdict::None;
        }
        map->clips.push_back(clip);
        auto row = map->features.row(static_cast<size_t>(i));
        for (float& value : row)
            value = noise(random);
        row[0] += label == 1 ? 100.0F : 0.0F;
        row[1] += label == 2 ? 60.0F : 0.0F;
    }
    return map;
}

std::vector<RunRecord> runs()
{
    RunRecord run{.id = "aaaa1111", .name = "brave-otter-7", .method = "resnet34", .recipeName = "resnet34-quick", .state = RunState::Finished, .classes = classes};
    run.results = {{.fold = 4, .count = 12, .correct = 9}, {.fold = 5, .count = 12, .correct = 9}};
    RunRecord unfinished = run;
    unfinished.id = "cccc3333", unfinished.results.clear();
    return {unfinished, run};
}

/// The page with the heaps on their principal components.
struct Shown
{
    explicit Shown(EmbeddingPage::Projection projection = EmbeddingPage::Projection::PrincipalComponents)
    {
        page.resize(1280, 680);
        page.setRuns(runs());
        page.setProjection(projection);
        chooseFold(5);
        page.show();
        QSignalSpy projected(&page, &EmbeddingPage::projected);
        page.setMap(heaps());
        if (projected.isEmpty())
            projected.wait(patience);
    }
    void chooseFold(int fold)
    {
        for (QComboBox* box : page.findChildren<QComboBox*>())
            if (const int index = box->findData(fold); index >= 0)
                box->setCurrentIndex(index);
    }
    EmbeddingMap& map() { return *page.map(); }
    QPoint pixel(int point) { return map().position(point).toPoint(); }
    std::set<std::string> listed(const MapClipModel& model) const
    {
        std::set<std::string> names;
        for (int row = 0; row < model.rowCount(); ++row)
            names.insert(model.index(row, MapClipModel::Clip).data().toString().toStdString());
        return names;
    }

    EmbeddingPage page;
};

void movePointer(QWidget& widget, const QPointF& to, Qt::MouseButtons buttons = {}, Qt::KeyboardModifiers modifiers = {})
{
    QMouseEvent move(QEvent::MouseMove, to, widget.mapToGlobal(to), Qt::NoButton, buttons, modifiers);
    QCoreApplication::sendEvent(&widget, &move);
}

/// Presses, moves from corner to corner of a polygon, and lets go.
void drawLasso(QWidget& widget, const QList<QPoint>& corners, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mousePress(&widget, Qt::LeftButton, modifiers, corners.front());
    for (qsizetype i = 0; i < corners.size(); ++i) {
        const QPoint from = corners[i], to = corners[(i + 1) % corners.size()];
        for (int step = 1; step <= 8; ++step)
            movePointer(widget, QPointF(from) + QPointF(to - from) * (step / 8.0), Qt::LeftButton, modifiers);
    }
    QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, corners.front());
}

QList<QPoint> boxAround(EmbeddingMap& map, int firstPoint, int lastPoint)
{
    QRectF box;
    for (int point = firstPoint; point <= lastPoint; ++point)
        box |= QRectF(map.position(point) - QPointF(1, 1), QSizeF(2, 2));
    const QRect rect = box.adjusted(-6, -6, 6, 6).toAlignedRect();
    return {rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
}

} // namespace

class TestEmbeddingPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAFinishedRunThePageSaysWhatToDo()
    {
        EmbeddingPage page;
        page.setRuns({runs().front()});
        page.show();
        QVERIFY(page.run().empty());
        const auto labels = page.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) { return label->isVisible() && label->text().contains(QStringLiteral("No finished run")); }));
    }

    void theButtonAsksForTheChosenFoldsMap()
    {
        EmbeddingPage page;
        page.setRuns(runs());
        page.show();
        std::pair<std::string, int> asked;
        connect(&page, &EmbeddingPage::mapRequested, &page, [&](const std::string& run, int fold) { asked = {run, fold}; });
        for (QPushButton* button : page.findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("Make the map")))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(asked, std::pair(std::string("aaaa1111"), 4));
        page.setMap(heaps()); // of fold 5: an answer to somebody else's question
        QCOMPARE(page.map()->count(), 0);
    }

    void theHeapsLieWhereTheyAre()
    {
        Shown shown;
        QCOMPARE(shown.map().count(), 60);
        // The widest axis is that from heap 0 to heap 1; distances along it keep their proportions in pixels.
        const auto middle = [&](int heap) {
            QPointF sum;
            for (int i = 0; i < 20; ++i)
                sum += shown.map().position(20 * heap + i) / 20.0;
            return sum;
        };
        const auto length = [](const QPointF& way) { return std::hypot(way.x(), way.y()); };
        const double longSide = length(middle(0) - middle(1));
        QVERIFY(std::abs(length(middle(0) - middle(2)) / longSide - 0.6) < 0.02);
        QVERIFY(shown.map().rect().contains(shown.pixel(0)));
    }

    void thePointerReadsAPoint()
    {
        Shown shown;
        QSignalSpy hovered(&shown.map(), &EmbeddingMap::hovered);
        movePointer(shown.map(), shown.pixel(4));
        QCOMPARE(hovered.size(), 1);
        const int point = hovered[0][0].toInt();
        QCOMPARE(shown.map().pointAt(shown.pixel(4)), point);
        const QString expected = describe(*heaps(), point);
        const auto labels = shown.page.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == expected; }));
        movePointer(shown.map(), {2, 2});
        QCOMPARE(hovered.last()[0].toInt(), -1);
        QVERIFY(describe(*heaps(), 4).contains(QStringLiteral("taken for rain")));
        QVERIFY(describe(*heaps(), 5).contains(QStringLiteral("trained on")));
    }

    void aClickChoosesAClipAndAsksToHearIt()
    {
        Shown shown;
        std::filesystem::path heard;
        connect(&shown.page, &EmbeddingPage::hearRequested, &shown.page, [&](const std::filesystem::path& clip) { heard = clip; });
        const int point = shown.map().pointAt(shown.pixel(17));
        QTest::mouseClick(&shown.map(), Qt::LeftButton, {}, shown.pixel(17));
        QCOMPARE(shown.map().current(), point);
        QCOMPARE(heard, heaps()->clips[static_cast<size_t>(point)].path);
        // The nearest are of the same heap, by the distance among all features.
        const MapClipModel& near = *shown.page.lists()->neighbours();
        QCOMPARE(near.rowCount(), 12);
        const auto expected = nearestNeighbours(heaps()->features, point, 12);
        for (int row = 0; row < 12; ++row) {
            QCOMPARE(near.clipAt(row), expected[static_cast<size_t>(row)].row);
            QVERIFY(near.clipAt(row) < 20);
        }
        // A neighbour is heard, and is then the one that is looked at.
        QTableView* table = nullptr;
        for (QTableView* view : shown.page.findChildren<QTableView*>())
            if (view->accessibleName() == MapClipPanel::tr("Nearest clips"))
                table = view;
        QVERIFY(table);
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(heard, heaps()->clips[static_cast<size_t>(expected[0].row)].path);
        QCOMPARE(shown.map().current(), expected[0].row);
    }

    void aLassoFiltersTheTable()
    {
        Shown shown;
        QCOMPARE(shown.page.lists()->clips()->rowCount(), 60);
        drawLasso(shown.map(), boxAround(shown.map(), 20, 39));
        QCOMPARE(shown.map().selection().size(), size_t{20});
        std::set<std::string> expected;
        for (int i = 20; i < 40; ++i)
            expected.insert("clip" + std::to_string(i) + ".wav");
        QCOMPARE(shown.listed(*shown.page.lists()->clips()), expected);
        drawLasso(shown.map(), boxAround(shown.map(), 0, 19), Qt::ShiftModifier);
        QCOMPARE(shown.page.lists()->clips()->rowCount(), 40);
        drawLasso(shown.map(), boxAround(shown.map(), 40, 59));
        QCOMPARE(shown.page.lists()->clips()->rowCount(), 20);
        QTest::keyClick(&shown.map(), Qt::Key_Escape);
        QCOMPARE(shown.page.lists()->clips()->rowCount(), 60);
    }

    void theWheelZoomsAroundThePointerAndFitGoesBack()
    {
        Shown shown;
        const QPointF before = shown.map().position(25), other = shown.map().position(3);
        QWheelEvent wheel(before, shown.map().mapToGlobal(before), {}, {0, 240}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&shown.map(), &wheel);
        QVERIFY((shown.map().position(25) - before).manhattanLength() < 1e-6);
        QVERIFY((shown.map().position(3) - other).manhattanLength() > 50.0);
        QTest::keyClick(&shown.map(), Qt::Key_F);
        QVERIFY((shown.map().position(3) - other).manhattanLength() < 1e-6);
    }

    void arrowsGoToTheNextPointInTheirDirection()
    {
        Shown shown;
        const auto hanging = [&](int point) { return shown.map().position(point).x(); };
        shown.map().setCurrent(2);
        for (int step = 0; step < 30; ++step) {
            const int before = shown.map().current();
            QTest::keyClick(&shown.map(), Qt::Key_Right);
            if (shown.map().current() == before)
                break;
            QVERIFY(hanging(shown.map().current()) > hanging(before));
        }
        QVERIFY(shown.map().current() != 2);
    }

    void heldOutClipsAlone()
    {
        Shown shown;
        QSignalSpy projected(&shown.page, &EmbeddingPage::projected);
        shown.page.findChild<QCheckBox*>()->setChecked(true);
        QTRY_COMPARE_WITH_TIMEOUT(projected.size(), 1, patience);
        QCOMPARE(shown.map().count(), 12);
        drawLasso(shown.map(), boxAround(shown.map(), 4, 7));
        QCOMPARE(shown.listed(*shown.page.lists()->clips()), (std::set<std::string>{"clip24.wav", "clip29.wav", "clip34.wav", "clip39.wav"}));
    }

    void coloursSayWhatTheyAreAskedFor_data()
    {
        QTest::addColumn<int>("colouring");
        QTest::addColumn<QStringList>("legend");
        QTest::newRow("class") << static_cast<int>(MapColouring::Class) << QStringList{QStringLiteral("dog (20)"), QStringLiteral("rain (20)"), QStringLiteral("sea waves (20)")};
        QTest::newRow("error") << static_cast<int>(MapColouring::Error) << QStringList{QStringLiteral("Wrong (3)"), QStringLiteral("Right (9)"), QStringLiteral("Trained on (48)")};
        QTest::newRow("verdict") << static_cast<int>(MapColouring::Verdict)
                                 << QStringList{QStringLiteral("Label wrong (1)"), QStringLiteral("Wrong, no verdict (2)"), QStringLiteral("Others (57)")};
        QTest::newRow("fold") << static_cast<int>(MapColouring::Fold)
                              << QStringList{QStringLiteral("Fold 1 (12)"), QStringLiteral("Fold 2 (12)"), QStringLiteral("Fold 3 (12)"), QStringLiteral("Fold 4 (12)"),
                                             QStringLiteral("Fold 5, held out (12)")};
    }

    void coloursSayWhatTheyAreAskedFor()
    {
        QFETCH(int, colouring);
        QFETCH(QStringList, legend);
        Shown shown;
        for (QComboBox* box : shown.page.findChildren<QComboBox*>())
            if (box->findText(EmbeddingPage::tr("Verdict")) >= 0)
                box->setCurrentIndex(colouring);
        QStringList found;
        for (int row = 0; row < shown.page.legend()->count(); ++row)
            found << shown.page.legend()->item(row)->text();
        QCOMPARE(found, legend);
    }

    void aPointHasItsGroupsColour()
    {
        Theme::instance().apply(Theme::Mode::Light);
        Shown shown;
        const MapGroups groups = groupsOf(*heaps(), MapColouring::Class);
        QCOMPARE(groups.groups.size(), size_t{3});
        const QImage picture = shown.map().grab().toImage();
        // Where a point lies on top its colour is seen; of twenty in a heap one does.
        for (int heap = 0; heap < 3; ++heap) {
            bool seen = false;
            for (int i = 0; i < 20; ++i)
                seen |= picture.pixelColor(shown.pixel(20 * heap + i)) == groups.groups[static_cast<size_t>(heap)].marker.paint();
            QVERIFY(seen);
        }
        // Emphasis on the others fades it.
        shown.page.legend()->item(1)->setSelected(true);
        const QImage faded = shown.map().grab().toImage();
        for (int i = 0; i < 20; ++i)
            QVERIFY(faded.pixelColor(shown.pixel(i)) != groups.groups[0].marker.paint());
    }

    void tSneIsMadeOnAWorkerAndCanBeCancelled()
    {
        Shown shown(EmbeddingPage::Projection::TSne);
        QCOMPARE(shown.map().count(), 60);
        // Neighbours stay neighbours: a clip's nearest point is of its heap.
        for (int point = 0; point < 60; ++point) {
            int nearest = -1;
            for (int other = 0; other < 60; ++other)
                if (other != point && (nearest < 0 || (shown.map().position(other) - shown.map().position(point)).manhattanLength()
                                           < (shown.map().position(nearest) - shown.map().position(point)).manhattanLength()))
                    nearest = other;
            QCOMPARE(nearest / 20, point / 20);
        }
        auto big = std::make_shared<ModelMap>(*heaps()); // takes long enough to be cancelled: the answer must not come
        for (int copy = 0; copy < 5; ++copy) {
            big->clips.insert(big->clips.end(), big->clips.begin(), big->clips.end());
            big->features.values.insert(big->features.values.end(), big->features.values.begin(), big->features.values.end());
        }
        big->features.rows = big->clips.size();
        QSignalSpy projected(&shown.page, &EmbeddingPage::projected);
        QSignalSpy cancelled(&shown.page, &EmbeddingPage::cancelRequested);
        shown.page.setMap(big);
        auto* job = shown.page.findChild<JobBar*>();
        QVERIFY(job->isVisible());
        QTest::mouseClick(job->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        QVERIFY(!job->isVisible());
        shown.page.setProjection(EmbeddingPage::Projection::PrincipalComponents); // the next one has the worker for itself
        QTRY_COMPARE_WITH_TIMEOUT(projected.size(), 1, patience);
        QCOMPARE(shown.map().count(), 60 * 32);
    }

    void theViewsOfAClipAreAskedForAndShown()
    {
        Shown shown;
        QAbstractItemModelTester tester(shown.page.lists()->views(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        std::vector<std::string> asked;
        connect(&shown.page, &EmbeddingPage::anatomyRequested, &shown.page, [&](const std::string&, int, const std::string& clip) { asked.push_back(clip); });
        shown.map().setCurrent(4);
        QVERIFY(asked.empty()); // nobody looks
        shown.page.findChild<QTabWidget*>()->setCurrentIndex(1);
        QCOMPARE(asked, (std::vector<std::string>{"clip4.wav"}));
        ClipAnatomy anatomy{.run = "aaaa1111", .clip = "clip4.wav", .label = 0, .classes = classes, .frontEnd = FrontEnd::preset("esc"),
                            .views = {{.probabilities = {0.25F, 0.5F, 0.25F}}, {.probabilities = {0.5F, 0.25F, 0.25F}}, {.probabilities = {0.25F, 0.5F, 0.25F}}},
                            .mean = {0.375F, 0.375F, 0.25F}};
        for (ClipView& view : anatomy.views)
            view.grid = {.mels = 128, .frames = 100, .values = std::vector<float>(128 * 100, -20.0F)};
        ClipAnatomy other = anatomy;
        other.clip = "clip5.wav";
        shown.page.lists()->setAnatomy(other);
        QCOMPARE(shown.page.lists()->views()->rowCount(), 0);
        shown.page.lists()->setAnatomy(anatomy);
        const ViewAnatomyModel& views = *shown.page.lists()->views();
        QCOMPARE(views.rowCount(), 4);
        const auto text = [&](int row, int column) { return views.index(row, column).data().toString(); };
        QCOMPARE(text(0, ViewAnatomyModel::Vote), QStringLiteral("rain, 50.0 %"));
        QCOMPARE(text(0, ViewAnatomyModel::Gain), QString());
        QCOMPARE(text(1, ViewAnatomyModel::Vote), QStringLiteral("dog, 50.0 %"));
        QCOMPARE(text(1, ViewAnatomyModel::Gain), QStringLiteral("+25.0"));
        QCOMPARE(text(2, ViewAnatomyModel::Gain), QStringLiteral("+0.0"));
        QCOMPARE(text(3, ViewAnatomyModel::TrueClass), QStringLiteral("37.5 %"));
        QVERIFY(!views.index(1, ViewAnatomyModel::Picture).data(Qt::DecorationRole).value<QPixmap>().isNull());
        QVERIFY(views.index(3, ViewAnatomyModel::Picture).data(Qt::DecorationRole).isNull());
        // However long a class's name is, the figures beside it are in sight; a loss has a true minus.
        anatomy.classes[1] = "rain on the corrugated iron roof of a bus shelter";
        anatomy.mean = {0.125F, 0.5F, 0.375F};
        shown.page.lists()->setAnatomy(anatomy);
        for (const QTableView* table : shown.page.findChildren<QTableView*>())
            if (table->model() == &views) {
                const int gain = table->columnViewportPosition(ViewAnatomyModel::Gain);
                QVERIFY(gain > 0);
                QVERIFY(gain + table->columnWidth(ViewAnatomyModel::Gain) <= table->viewport()->width());
            }
        const auto labels = shown.page.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) { return label->text().endsWith(QStringLiteral("by −12.5 points.")); }));
    }

    void modelsKeepTheirPromises()
    {
        MapClipModel clips;
        QAbstractItemModelTester tester(&clips, QAbstractItemModelTester::FailureReportingMode::Fatal);
        clips.show(heaps(), {4, 5, 9});
        QCOMPARE(clips.rowCount(), 3);
        QCOMPARE(clips.index(0, MapClipModel::Predicted).data().toString(), QStringLiteral("rain"));
        QVERIFY(clips.index(1, MapClipModel::Predicted).data().toString().contains(QStringLiteral("trained on")));
        QVERIFY(clips.index(1, MapClipModel::Loss).data(MapClipModel::SortRole).toDouble() < clips.index(0, MapClipModel::Loss).data(MapClipModel::SortRole).toDouble());
        clips.show(nullptr, {});
        QCOMPARE(clips.rowCount(), 0);
    }

    void looksRightInBothThemes_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::newRow("small-light") << QSize(1200, 640) << false;
        QTest::newRow("small-dark") << QSize(1200, 640) << true;
        QTest::newRow("large-dark") << QSize(2480, 1360) << true;
    }

    void looksRightInBothThemes()
    {
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        Shown shown;
        shown.page.resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(shown.page.size(), size); // nothing asks for more
        QVERIFY2(shown.map().width() > size.width() / 3, qPrintable(QString::number(shown.map().width())));
        shown.map().setCurrent(4);
        const QImage picture = shown.page.grab().toImage();
        if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/embedding-") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
        QCOMPARE(qGray(picture.pixel(2, 2)) < 128, dark);
    }

    void groupsOfFiftySixCanBeToldApart()
    {
        std::set<std::pair<QRgb, int>> looks;
        for (int group = 0; group < 56; ++group) {
            const MapMarker marker{.index = group};
            looks.insert({marker.paint().rgb(), marker.shape()});
        }
        QCOMPARE(looks.size(), size_t{56});
        std::set<QByteArray> pictures;
        for (int group = 0; group < 56; ++group) {
            const QImage image = MapMarker{.index = group}.pixmap(13, 1.0).toImage();
            pictures.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
        }
        QCOMPARE(pictures.size(), size_t{56});
    }
};

QTEST_MAIN(TestEmbeddingPage)
#include "tst_EmbeddingPage.moc"
