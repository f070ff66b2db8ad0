// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationPicker.h"
#include "augment/ChainEditor.h"
#include "augment/ChainModel.h"
#include "augment/ChainView.h"
#include "augment/EntryPanel.h"
#include "augment/ShippedChains.h"
#include "base/Files.h"
#include "common/NumberEdit.h"
#include "common/ParameterForm.h"
#include "common/ProblemBar.h"
#include "common/Theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStyledItemDelegate>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>

using namespace melscope;

namespace {

constexpr auto wave = AugmentationStage::Waveform;
constexpr auto spectrum = AugmentationStage::Spectrogram;

AugmentationChain chainOf(const char* json)
{
    return AugmentationChain::fromJson(Json::parse(json));
}

/// One augmentation of samples, two of the spectrogram.
NamedChain example()
{
    return {.name = "mine", .title = "mine",
            .chain = chainOf(R"({"waveform": [{"name": "gain", "probability": 0.5}],
                                 "spectrogram": [{"name": "time_roll", "max_share": 0.25}, {"name": "spec_augment", "time_masks": 1}]})")};
}

class Editor : public ChainEditor
{
public:
    Editor()
    {
        resize(420, 800);
        show();
        static_cast<void>(QTest::qWaitForWindowActive(this)); // keys reach the active window only
        setChain(example());
        history().clear();
        changes.clear();
    }

    std::string text() const { return chain().toJson().dump(); }
    void at(AugmentationStage stage, int row) { view()->setPlace({stage, row}); view()->setFocus(); }
    void key(int key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(view(), Qt::Key(key), with); }
    void undo() { key(Qt::Key_Z, Qt::ControlModifier); }
    void redo() { key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
    QStringList titles(AugmentationStage stage) const
    {
        QStringList names;
        for (const ChainEntry& entry : chain().entries(stage))
            names << QString::fromStdString(entry.info->name);
        return names;
    }
    AugmentationPicker* picker() const { return findChild<AugmentationPicker*>(); }
    NumberEdit* number(const char* key) const { return panel()->findChild<NumberEdit*>(QLatin1String(key)); }
    QSlider* slider(const char* key) const { return number(key)->parentWidget()->findChild<QSlider*>(); }
    void type(const char* key, const char* text) const
    {
        auto* field = number(key)->findChild<QLineEdit*>();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QLatin1String(text));
        QTest::keyClick(field, Qt::Key_Return);
    }
    void drag(const char* key, const std::vector<int>& positions) const
    {
        QSlider* moved = slider(key);
        QStyleOptionSlider option;
        option.initFrom(moved);
        option.orientation = Qt::Horizontal;
        option.maximum = moved->maximum();
        option.sliderPosition = moved->sliderPosition();
        option.subControls = QStyle::SC_All;
        const QPoint handle = moved->style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, moved).center();
        QTest::mousePress(moved, Qt::LeftButton, {}, handle);
        for (const int x : positions)
            QTest::mouseMove(moved, QPoint(x, handle.y()));
        QTest::mouseRelease(moved, Qt::LeftButton, {}, QPoint(positions.back(), handle.y()));
    }
    QPoint tickOf(const QModelIndex& index) const
    {
        QStyleOptionViewItem option;
        option.initFrom(view());
        option.rect = view()->visualRect(index);
        option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
        option.text = index.data().toString();
        option.widget = view();
        return view()->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, view()).center();
    }
    /// What the window system would tell when `from` is dragged there and let go; whether it was taken.
    bool drop(ChainPlace from, QPoint where)
    {
        const ChainModel& model = *static_cast<ChainModel*>(view()->model());
        const std::unique_ptr<QMimeData> data(model.mimeData({model.indexOf(from)}));
        return dropData(*view()->viewport(), *data, where, Qt::MoveAction);
    }
    static bool dropData(QWidget& onto, const QMimeData& data, QPoint where, Qt::DropAction action)
    {
        QDragEnterEvent enter(where, action, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&onto, &enter);
        QDragMoveEvent move(where, action, &data, Qt::LeftButton, Qt::NoModifier);
        move.setAccepted(enter.isAccepted());
        QApplication::sendEvent(&onto, &move);
        if (!move.isAccepted())
            return false;
        QDropEvent drop(QPointF(where), action, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&onto, &drop);
        return drop.isAccepted();
    }
    QRect rectOf(ChainPlace place) const { return view()->visualRect(static_cast<ChainModel*>(view()->model())->indexOf(place)); }

    QSignalSpy changes{this, &ChainEditor::chainChanged};
};

using Action = std::function<void(Editor&)>;

} // namespace

Q_DECLARE_METATYPE(Action)

class TestChainEditor : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::filesystem::path file(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void everyActionIsUndoneExactly_data()
    {
        QTest::addColumn<Action>("act");
        QTest::addColumn<QString>("result"); // names in the spectrogram's list
        const QString same = QStringLiteral("time_roll spec_augment");
        const auto row = [](const char* name, const QString& result, Action act) { QTest::newRow(name) << act << result; };
        row("Del", QStringLiteral("spec_augment"), [](Editor& e) { e.at(spectrum, 0), e.key(Qt::Key_Delete); });
        row("Ctrl+D", QStringLiteral("time_roll time_roll spec_augment"), [](Editor& e) { e.at(spectrum, 0), e.key(Qt::Key_D, Qt::ControlModifier); });
        row("Alt+Down", QStringLiteral("spec_augment time_roll"), [](Editor& e) { e.at(spectrum, 0), e.key(Qt::Key_Down, Qt::AltModifier); });
        row("Alt+Up", QStringLiteral("spec_augment time_roll"), [](Editor& e) { e.at(spectrum, 1), e.key(Qt::Key_Up, Qt::AltModifier); });
        row("Space", same, [](Editor& e) { e.at(spectrum, 0), e.key(Qt::Key_Space); });
        row("tick", same, [](Editor& e) { QTest::mouseClick(e.view()->viewport(), Qt::LeftButton, {}, e.tickOf(e.view()->model()->index(1, 0, e.view()->model()->index(1, 0)))); });
        row("typed", same, [](Editor& e) { e.at(spectrum, 0), e.type("max_share", "0.75"); });
        row("probability", same, [](Editor& e) { e.at(spectrum, 1), e.type("probability", "0.1"); });
        row("slider", same, [](Editor& e) { e.at(spectrum, 0), e.drag("max_share", {40, 60, 55}); });
        row("preset", QString(), [](Editor& e) { e.findChild<QAction*>(QStringLiteral("none"))->trigger(); });
        row("add", QStringLiteral("time_roll time_roll spec_augment"), [](Editor& e) {
            e.at(spectrum, 0);
            e.key(Qt::Key_Insert);
            auto* search = e.picker()->findChild<QLineEdit*>();
            QTest::keyClicks(search, QStringLiteral("cyclic shift in frames"));
            QVERIFY(e.picker()->findChild<QTreeWidget*>()->currentItem());
            QTest::keyClick(search, Qt::Key_Return);
        });
        row("drag down", QStringLiteral("spec_augment time_roll"), [](Editor& e) { QVERIFY(e.drop({spectrum, 0}, e.rectOf({spectrum, 1}).bottomLeft() + QPoint(60, -1))); });
        row("drag up", QStringLiteral("spec_augment time_roll"), [](Editor& e) { QVERIFY(e.drop({spectrum, 1}, e.rectOf({spectrum, 0}).topLeft() + QPoint(60, 1))); });
        row("drag to the heading", QStringLiteral("spec_augment time_roll"), [](Editor& e) { QVERIFY(e.drop({spectrum, 1}, e.rectOf({spectrum, -1}).center())); });
    }
    void everyActionIsUndoneExactly()
    {
        QFETCH(Action, act);
        QFETCH(QString, result);
        Editor editor;
        QAbstractItemModelTester tester(editor.view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const std::string before = editor.text();
        act(editor);
        const std::string after = editor.text();
        QVERIFY(before != after);
        QCOMPARE(editor.titles(spectrum).join(QLatin1Char(' ')), result);
        QVERIFY(!editor.changes.isEmpty());
        QVERIFY(editor.changes.last().first().value<AugmentationChain>() == editor.chain());
        editor.view()->setFocus();
        editor.undo();
        QCOMPARE(editor.text(), before);
        QVERIFY(!editor.isModified());
        QCOMPARE(editor.history().index(), 0);
        editor.redo();
        QCOMPARE(editor.text(), after);
    }

    void whatActedIsCurrentAfterwards()
    {
        Editor editor;
        editor.at(spectrum, 0);
        editor.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(editor.view()->place(), (ChainPlace{spectrum, 1}));
        editor.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(editor.view()->place(), (ChainPlace{spectrum, 2}));
        editor.key(Qt::Key_Delete);
        editor.key(Qt::Key_Delete);
        QCOMPARE(editor.view()->place(), (ChainPlace{spectrum, 0}));
        editor.at(wave, 0);
        editor.key(Qt::Key_Delete);
        QCOMPARE(editor.view()->place(), (ChainPlace{wave, -1})); // the stage is empty now
        editor.undo();
        QCOMPARE(editor.view()->place(), (ChainPlace{wave, 0}));
    }

    void tickingOffKeepsTheEntryInItsPlace()
    {
        Editor editor;
        editor.at(spectrum, 0);
        editor.key(Qt::Key_Space);
        Json expected = example().chain.toJson();
        expected["spectrogram"][0]["enabled"] = false;
        QCOMPARE(editor.text(), expected.dump());
    }

    void aLineSaysWhatItsValuesAre()
    {
        Editor editor;
        const auto line = [&](ChainPlace place, int role) { return static_cast<ChainModel*>(editor.view()->model())->indexOf(place).data(role).toString(); };
        QCOMPARE(line({wave, 0}, ChainModel::SummaryRole), QStringLiteral("Gain −6 to 6\u00a0dB"));
        QCOMPARE(line({wave, 0}, ChainModel::ProbabilityRole), QStringLiteral("50 %"));
        QCOMPARE(line({spectrum, 0}, ChainModel::SummaryRole), QStringLiteral("Largest shift 0.25"));
    }

    void aSlidersWayIsOneStepAndLive()
    {
        Editor editor;
        editor.at(spectrum, 0);
        editor.drag("max_share", {30, 40, 50, 60});
        const double first = editor.chain().entries(spectrum)[0].values.at("max_share");
        QVERIFY(editor.changes.count() >= 3);
        QCOMPARE(editor.history().count(), 1);
        editor.drag("max_share", {50, 40, 30});
        QVERIFY(editor.chain().entries(spectrum)[0].values.at("max_share") != first);
        QCOMPARE(editor.history().count(), 2);
        editor.undo();
        QCOMPARE(editor.chain().entries(spectrum)[0].values.at("max_share").get<double>(), first);
        QCOMPARE(editor.number("max_share")->value(), first);
        editor.undo();
        QCOMPARE(editor.text(), example().chain.toJson().dump());
    }

    void undoWorksInANumberField()
    {
        Editor editor;
        editor.at(spectrum, 0);
        editor.type("max_share", "0.75");
        QCOMPARE(editor.chain().entries(spectrum)[0].values.at("max_share").get<double>(), 0.75);
        auto* field = editor.number("max_share")->findChild<QLineEdit*>();
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor.chain().entries(spectrum)[0].values.at("max_share").get<double>(), 0.25);
        QTest::keyClicks(field, QStringLiteral("0.5"));
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier); // what is being typed comes first
        QCOMPARE(editor.chain().entries(spectrum)[0].values.at("max_share").get<double>(), 0.25);
    }

    void anAugmentationStaysInItsStage()
    {
        Editor editor;
        const std::string before = editor.text();
        for (const ChainPlace target : {ChainPlace{spectrum, 0}, ChainPlace{spectrum, 1}, ChainPlace{spectrum, -1}, ChainPlace{AugmentationStage::Mix, -1}})
            QVERIFY(!editor.drop({wave, 0}, editor.rectOf(target).center()));
        editor.at(spectrum, 0);
        editor.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(editor.text(), before);
        QCOMPARE(editor.history().count(), 0);
    }

    void contradictionsAreSaidAndChangeNothing()
    {
        Editor editor;
        editor.at(wave, 0);
        const std::string before = editor.text();
        editor.type("min_gain", "20");
        QVERIFY(editor.panel()->form()->hasErrors());
        QCOMPARE(editor.text(), before);
        editor.type("max_gain", "30");
        QVERIFY(!editor.panel()->form()->hasErrors());
        const Json& values = editor.chain().entries(wave)[0].values;
        QCOMPARE(values.at("min_gain").get<double>(), 20.0);
        QCOMPARE(values.at("max_gain").get<double>(), 30.0);
    }

    void searchingFindsNamesAndHelp()
    {
        Editor editor;
        editor.at(wave, -1);
        QTest::mouseClick(editor.panel()->findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(editor.picker()->isVisible());
        auto* search = editor.picker()->findChild<QLineEdit*>();
        auto* list = editor.picker()->findChild<QTreeWidget*>();
        QTest::keyClicks(search, QStringLiteral("SPECAUGMENT"));
        QVERIFY(list->currentItem());
        QCOMPARE(list->currentItem()->text(0), QString::fromStdString(findAugmentation("spec_augment")->title));
        QVERIFY(list->topLevelItem(0)->isHidden());
        QVERIFY(list->currentItem()->toolTip(0) == QString::fromStdString(findAugmentation("spec_augment")->help));
        QTest::keyClicks(search, QStringLiteral("no such thing"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(editor.picker()->isVisible());
        search->clear();
        QTest::keyClicks(search, QStringLiteral("noise")); // filters speak of noise, too, and stand before it
        QCOMPARE(list->currentItem()->text(0), QString::fromStdString(findAugmentation("noise")->title));
        search->clear();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->topLevelItem(0)->child(0)).center());
        QVERIFY(!editor.picker()->isVisible());
        QCOMPARE(editor.chain().entries(wave).size(), size_t{2});
    }

    void everyAugmentationOfTheCatalogueCanBeEdited()
    {
        Editor editor;
        editor.findChild<QAction*>(QStringLiteral("none"))->trigger();
        QAbstractItemModelTester tester(editor.view()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (const AugmentationInfo& info : augmentationCatalogue()) {
            Q_EMIT editor.picker()->picked(info);
            QCOMPARE(editor.view()->currentIndex().data().toString(), QString::fromStdString(info.title));
            Json values = info.schema.defaults();
            values["probability"] = 1.0;
            QCOMPARE(editor.panel()->form()->values().size(), values.size());
            QVERIFY2(!editor.view()->currentIndex().data(ChainModel::SummaryRole).toString().isEmpty(), info.name.c_str());
        }
        QVERIFY(AugmentationChain::fromJson(editor.chain().toJson()) == editor.chain());
        while (editor.history().canUndo())
            editor.history().undo();
        QCOMPARE(editor.text(), example().chain.toJson().dump());
    }

    void everyFormFitsIntoOneWidth()
    {
        Editor editor;
        const int width = editor.panel()->minimumWidth();
        for (const AugmentationInfo& info : augmentationCatalogue()) {
            Q_EMIT editor.picker()->picked(info);
            QCOMPARE(editor.panel()->minimumWidth(), width);
            const QWidget* content = editor.panel()->widget();
            const int needed = content->minimumSizeHint().width() + editor.style()->pixelMetric(QStyle::PM_ScrollBarExtent);
            QVERIFY2(needed <= width, qPrintable(QStringLiteral("%1: %2 of %3").arg(QString::fromStdString(info.name)).arg(needed).arg(width)));
        }
    }

    void editedAgainItIsEditedOnce()
    {
        Editor editor;
        for (const char* masks : {"5", "6", "7"}) { // as when an edited chain is remembered over the end of the program
            editor.at(spectrum, 1);
            editor.type("time_masks", masks);
            const NamedChain edited = editor.namedChain();
            QCOMPARE(edited.name, std::string("mine-edited"));
            QCOMPARE(edited.title, std::string("mine, edited"));
            editor.setChain(edited);
            QVERIFY(!editor.isModified());
        }
    }

    void filesMakeTheRoundTrip()
    {
        Editor editor;
        editor.at(spectrum, 1);
        editor.type("time_masks", "5");
        QVERIFY(editor.isModified());
        QCOMPARE(editor.findChild<QLabel*>(QStringLiteral("name"))->text(), QStringLiteral("mine, edited"));
        QCOMPARE(editor.namedChain().name, std::string("mine-edited"));
        QSignalSpy saved(&editor, &ChainEditor::fileSaved), opened(&editor, &ChainEditor::fileOpened);
        editor.saveAs(file("rainy.json"));
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(!editor.isModified());
        QCOMPARE(editor.namedChain().name, std::string("rainy"));
        const std::string kept = editor.text();
        editor.at(spectrum, 1);
        editor.key(Qt::Key_Delete);
        QVERIFY(editor.isModified());
        editor.open(file("rainy.json"));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(editor.text(), kept);
        QVERIFY(NamedChain::fromFile(file("rainy.json")).chain == editor.chain());
    }

    void aBrokenFileIsNamedAndChangesNothing()
    {
        writeFileAtomically(file("broken.json"), R"({"waveform": [{"name": "gian"}]})");
        Editor editor;
        const std::string before = editor.text();
        QSignalSpy failed(&editor, &ChainEditor::fileFailed);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file("broken.json").string()))});
        QVERIFY(Editor::dropData(editor, data, QPoint(20, 20), Qt::CopyAction));
        QTRY_COMPARE(failed.count(), 1);
        const QString sentence = editor.findChild<ProblemBar*>()->sentence();
        QVERIFY2(sentence.contains(QStringLiteral("broken.json")) && sentence.contains(QStringLiteral("gain")), qPrintable(sentence));
        QVERIFY(editor.findChild<ProblemBar*>()->isVisible());
        QCOMPARE(editor.text(), before);
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/somewhere/table.csv"))});
        QVERIFY(!Editor::dropData(editor, data, QPoint(20, 20), Qt::CopyAction));
    }

    void aDroppedFileIsOpenedAlsoOnTheList()
    {
        example().writeTo(file("dropped.json"));
        ChainEditor editor;
        editor.show();
        QSignalSpy opened(&editor, &ChainEditor::fileOpened);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file("dropped.json").string()))});
        QVERIFY(Editor::dropData(*editor.view()->viewport(), data, QPoint(20, 20), Qt::CopyAction));
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(editor.chain() == example().chain);
    }

    void resetGoesBackToWhatWasOpened()
    {
        Editor editor;
        editor.at(spectrum, 0);
        editor.key(Qt::Key_Delete);
        auto* reset = editor.findChild<QAction*>(QStringLiteral("reset"));
        QVERIFY(reset->isEnabled());
        reset->trigger();
        QCOMPARE(editor.text(), example().chain.toJson().dump());
        QVERIFY(!reset->isEnabled());
    }

    void theChainIsSentUnderItsName()
    {
        Editor editor;
        editor.findChild<QAction*>(QStringLiteral("strong"))->trigger();
        NamedChain sent;
        connect(&editor, &ChainEditor::sendToRecipeRequested, &editor, [&](const NamedChain& chain) { sent = chain; });
        QTest::mouseClick(editor.findChild<QPushButton*>(QStringLiteral("sendButton")), Qt::LeftButton);
        QCOMPARE(sent.name, std::string("strong"));
        QVERIFY(sent.chain == findChain("strong").chain);
    }

    void presetsComeBackWithTheirNameOnUndo()
    {
        Editor editor;
        editor.findChild<QAction*>(QStringLiteral("light"))->trigger();
        QCOMPARE(editor.namedChain().name, std::string("light"));
        editor.undo();
        QCOMPARE(editor.namedChain().name, std::string("mine"));
        QVERIFY(!editor.isModified());
    }

    void anEmptyChainSaysWhatToDo()
    {
        ChainEditor editor;
        editor.resize(420, 800);
        editor.show();
        QVERIFY(editor.chain().empty());
        QVERIFY(!editor.panel()->isVisible());
        editor.setChain(example());
        QVERIFY(editor.panel()->isVisible());
    }

    void looksRightInBothThemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void looksRightInBothThemes()
    {
        QFETCH(bool, dark);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const auto picture = [](QWidget& widget, const QString& name) {
            QCoreApplication::processEvents(); // scroll bars come and go with the layout
            const QImage image = widget.grab().toImage();
            if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
                image.save(folder + QLatin1Char('/') + name + QLatin1Char('-') + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
            return image;
        };
        Editor editor;
        editor.setChain(findChain("contrastive"));
        editor.at(spectrum, 0);
        editor.key(Qt::Key_Space);
        QCOMPARE(qGray(picture(editor, QStringLiteral("chain")).pixel(2, 2)) < 128, dark);
        editor.at(spectrum, -1);
        picture(editor, QStringLiteral("chain-stage"));
        editor.key(Qt::Key_Insert);
        picture(*editor.picker(), QStringLiteral("chain-picker"));
        editor.picker()->hide();
        editor.setChain(findChain("none"));
        picture(editor, QStringLiteral("chain-empty"));
    }
};

QTEST_MAIN(TestChainEditor)
#include "tst_ChainEditor.moc"
