// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ShippedChains.h"
#include "common/ParameterForm.h"
#include "common/Theme.h"
#include "support/LiteShapes.h"
#include "training/RunForm.h"
#include "training/TrainPage.h"
#include "training/WeightsChoice.h"
#include "training/WeightsDialog.h"
#include "widgets/training/TwentyClips.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace melscope;
using melscope::test::twentyClips;

class TestRunForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anImpossibleValueBlocksTheStartWithASentence()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        auto* start = page.form()->findChild<QPushButton*>(QStringLiteral("start"));
        QVERIFY(!start->isEnabled());
        QVERIFY(page.form()->obstacle().contains(QStringLiteral("dataset")));
        page.setDataset(twentyClips());
        QVERIFY(start->isEnabled());
        ParameterForm* form = page.form()->form();
        // Each in its range, but a band that ends below its beginning is a contradiction.
        const auto edit = [&](const char* key, double value) {
            form->setValue(key, value);
            Q_EMIT form->valueChanged(QLatin1String(key));
        };
        edit("front_end.f_max", 4000.0);
        QVERIFY(start->isEnabled());
        edit("front_end.f_min", 9000.0);
        QVERIFY(form->hasErrors());
        QVERIFY(!start->isEnabled());
        QVERIFY(!page.form()->findChild<QLabel*>(QStringLiteral("obstacle"))->text().isEmpty());
        edit("front_end.f_max", 10000.0);
        QVERIFY(!form->hasErrors() && start->isEnabled());
        QCOMPARE(page.form()->recipe().real("front_end.f_min"), 9000.0);
        QCOMPARE(page.form()->recipe().real("front_end.f_max"), 10000.0);
    }

    void weightsAreRecognisedAndARunStartsFromThem()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("lite0.safetensors")).toStdString();
        test::writeLite0Shapes(file);
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        WeightsChoice* weights = page.form()->weights();
        auto* start = page.form()->findChild<QPushButton*>(QStringLiteral("start"));
        auto* text = page.form()->findChild<QLabel*>(QStringLiteral("weightsText"));
        QVERIFY(weights->isHidden()); // ResNet-34 takes none
        page.form()->chooseRecipe("efficientnet-b0-quick");
        QVERIFY(!weights->isHidden() && start->isEnabled());
        QVERIFY2(text->text().contains(QStringLiteral("efficientnet-lite0-57934424.pth")), qPrintable(text->text()));
        QVERIFY(!page.form()->recipe().weights);

        weights->choose(file);
        QVERIFY(!start->isEnabled() && page.form()->obstacle().contains(QStringLiteral("being read")));
        QTRY_VERIFY(weights->weights().has_value());
        QVERIFY(start->isEnabled());
        QVERIFY2(text->text().contains(QStringLiteral("EfficientNet-Lite0")) && text->text().contains(QStringLiteral("classifier of 7")), qPrintable(text->text()));
        QCOMPARE(page.form()->recipe().weights->architecture, std::string("efficientnet-lite0"));
        QCOMPARE(page.form()->recipe().weights->file, file);
        QCOMPARE(page.form()->recipe().weights->sha256, sha256OfFile(file));

        page.form()->chooseRecipe("resnet34-quick");
        QVERIFY(weights->isHidden() && start->isEnabled() && !page.form()->recipe().weights);
        page.form()->chooseRecipe("efficientnet-b0-published");
        QVERIFY(page.form()->recipe().weights.has_value());
        page.form()->findChild<QToolButton*>(QStringLiteral("clearWeights"))->click();
        QVERIFY(!page.form()->recipe().weights && start->isEnabled());
    }

    void beatsWantsACheckpointOrRandomWeights()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        auto* start = page.form()->findChild<QPushButton*>(QStringLiteral("start"));
        auto* text = page.form()->findChild<QLabel*>(QStringLiteral("weightsText"));
        for (const char* recipe : {"beats-frozen-published", "beats-finetuned-recommended"}) {
            page.form()->chooseRecipe(recipe);
            QVERIFY(!start->isEnabled() && page.form()->obstacle().contains(QStringLiteral("BEATs checkpoint")));
            for (const char* part : {"BEATs_iter3_plus_AS2M.pt", "BEATs_iter3_plus_AS2M_finetuned_on_AS2M_cpt1.pt", "github.com/microsoft/unilm"})
                QVERIFY2(text->text().contains(QLatin1String(part)), qPrintable(text->text()));
            page.form()->form()->setValue("training.random_weights", true);
            Q_EMIT page.form()->form()->valueChanged(QStringLiteral("training.random_weights"));
            QVERIFY2(start->isEnabled(), qPrintable(page.form()->obstacle()));
        }
        const QString pictures = qEnvironmentVariable("MELSCOPE_TEST_PICTURES");
        if (!pictures.isEmpty()) {
            page.form()->chooseRecipe("beats-finetuned-published");
            page.resize(1280, 720);
            page.grab().save(pictures + QStringLiteral("/beats-page.png"));
        }
    }

    void weightsThatCannotBeUsedSaySoBesideThem()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("notes.txt")).toStdString();
        writeFileAtomically(file, "no weights at all");
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        page.form()->chooseRecipe("efficientnet-b0-quick");
        auto* text = page.form()->findChild<QLabel*>(QStringLiteral("weightsText"));
        page.form()->weights()->choose(file);
        QTRY_VERIFY2(text->text().contains(QStringLiteral("notes.txt")), qPrintable(text->text()));
        QVERIFY(!page.form()->findChild<QPushButton*>(QStringLiteral("start"))->isEnabled());
        QVERIFY(page.form()->obstacle().contains(QStringLiteral("weights cannot be used")));
        QCOMPARE(text->palette().color(QPalette::WindowText), Theme::colours().error);
        page.form()->weights()->clear();
        QVERIFY(page.form()->obstacle().isEmpty());
    }

    void aWeightFileIsInspected()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("lite0.safetensors")).toStdString();
        test::writeLite0Shapes(file);
        WeightsDialog dialog;
        dialog.resize(700, 460);
        QSignalSpy inspected(&dialog, &WeightsDialog::inspected);
        const auto shown = [&] {
            QString all;
            for (const QLabel* label : dialog.findChildren<QLabel*>())
                all += label->text() + QLatin1Char('\n');
            return all;
        };
        dialog.inspect(file);
        QVERIFY(inspected.wait());
        for (const std::string& part : {std::string("EfficientNet-Lite0"), sha256OfFile(file), std::string("lukemelas"), std::string("safetensors")})
            QVERIFY2(shown().contains(QString::fromStdString(part)), qPrintable(shown()));
        if (const QString pictures = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !pictures.isEmpty())
            dialog.grab().save(pictures + QStringLiteral("/weights-dialog.png"));
        dialog.resize(300, 460);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QCOMPARE(dialog.findChild<QScrollArea*>()->horizontalScrollBar()->maximum(), 0); // the SHA-256 is seen to its end
        dialog.inspect("/nowhere/w.pt");
        QVERIFY(inspected.wait());
        QVERIFY2(shown().contains(QStringLiteral("/nowhere/w.pt")) && !shown().contains(QStringLiteral("Lite0")), qPrintable(shown()));
    }

    void theCostIsThatOfTheValuesShown()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        auto* cost = page.form()->findChild<QLabel*>(QStringLiteral("cost"));
        auto* measure = page.form()->findChild<QToolButton*>(QStringLiteral("measureCost"));
        QVERIFY(!measure->isEnabled()); // nothing to measure on
        page.setDataset(twentyClips());
        page.form()->chooseRecipe("resnet34-quick");
        std::optional<FoldJob> asked;
        bool cancelled = false;
        connect(page.form(), &RunForm::costRequested, &page, [&](const FoldJob& job) { asked = job; });
        connect(page.form(), &RunForm::costCancelled, &page, [&] { cancelled = true; });
        const QString unknown = cost->text();
        measure->click();
        QVERIFY(asked.has_value());
        QCOMPARE(asked->fold, 5);
        QCOMPARE(asked->recipe.name, std::string("resnet34-quick"));
        page.form()->showMeasuring(QStringLiteral("Measuring"));
        QCOMPARE(cost->text(), QStringLiteral("Measuring"));
        measure->click();
        QVERIFY(cancelled);
        page.form()->setCost(*asked, {.secondsPerEpoch = 12.0, .secondsPerFold = 480.0, .peakMemoryMb = 1536.0});
        QVERIFY2(cost->text().contains(QStringLiteral("12.0 s an epoch")) && cost->text().contains(QStringLiteral("8 min"))
                     && cost->text().contains(QStringLiteral("1.5 GB")), qPrintable(cost->text()));
        const QString known = cost->text();
        const auto setEpochs = [&](int64_t epochs) {
            page.form()->form()->setValue("training.epochs", epochs);
            Q_EMIT page.form()->form()->valueChanged(QStringLiteral("training.epochs"));
        };
        setEpochs(7);
        QCOMPARE(cost->text(), unknown);
        setEpochs(asked->recipe.integer("training.epochs"));
        QCOMPARE(cost->text(), known);
    }

    void aRunLearnsWithTheChainThatWasSent()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        page.form()->chooseRecipe("resnet34-quick");
        Recipe started;
        connect(&page, &TrainPage::startRequested, &page, [&](const Recipe& recipe, const std::vector<int>&, quint64) { started = recipe; });
        const auto start = [&] { QTest::mouseClick(page.form()->findChild<QPushButton*>(QStringLiteral("start")), Qt::LeftButton); };
        auto* choice = page.form()->findChild<QComboBox*>(QStringLiteral("augmentation"));
        auto* steps = page.form()->findChild<QLabel*>(QStringLiteral("augmentationSteps"));
        const AugmentationChain own = findRecipe("resnet34-quick").augmentation;
        start();
        QVERIFY(started.augmentation == own);
        QCOMPARE(started.name, std::string("resnet34-quick"));

        const AugmentationChain sent = AugmentationChain::fromJson(Json::parse(R"({"spectrogram": [{"name": "time_roll", "max_share": 0.125}]})"));
        page.form()->setAugmentation({.name = "mine", .title = "Mine", .chain = sent});
        QVERIFY(choice->currentText().contains(QStringLiteral("Mine")));
        QVERIFY(steps->text().contains(QString::fromStdString(findAugmentation("time_roll")->title)));
        start();
        QVERIFY(started.augmentation == sent);
        QCOMPARE(started.name, std::string("resnet34-quick+mine"));
        // It stays with another recipe, and beside edited values.
        page.form()->chooseRecipe("resnet34-published");
        ParameterForm* form = page.form()->form();
        form->setValue("training.epochs", 7);
        Q_EMIT form->valueChanged(QStringLiteral("training.epochs"));
        start();
        QVERIFY(started.augmentation == sent);
        QCOMPARE(started.name, std::string("resnet34-published-edited+mine"));

        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Home);
        start();
        QVERIFY(started.augmentation == findRecipe("resnet34-published").augmentation);
        QCOMPARE(started.name, std::string("resnet34-published-edited"));
        QTest::keyClick(choice, Qt::Key_Down); // the first preset
        QVERIFY(page.form()->recipe().augmentation == findChain("none").chain);
        QVERIFY(steps->text().contains(QStringLiteral("as it is")));
    }

    void theViewsOfAContrastiveRecipeAreChosenApart()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.setDataset(twentyClips());
        page.form()->chooseRecipe("simclr-quick");
        const QWidget* choice = page.form()->findChild<QComboBox*>(QStringLiteral("views"))->parentWidget();
        QVERIFY(!choice->isHidden());
        QVERIFY(page.form()->recipe().views == findRecipe("simclr-quick").views);
        QVERIFY(page.form()->form()->value("pretraining.temperature") == Json(0.1));
        const AugmentationChain sent = AugmentationChain::fromJson(Json::parse(R"({"spectrogram": [{"name": "time_roll", "max_share": 0.125}]})"));
        page.form()->setAugmentation({.name = "mine", .title = "Mine", .chain = sent});
        QVERIFY(page.form()->recipe().views == sent);
        QVERIFY(page.form()->recipe().augmentation == findRecipe("simclr-quick").augmentation);
        QCOMPARE(page.form()->recipe().name, std::string("simclr-quick+views-mine"));
        page.form()->chooseRecipe("resnet34-quick");
        QVERIFY(choice->isHidden());
        QVERIFY(!page.form()->recipe().views);
    }

    void theChainThatIsChosenIsTheOneToEdit()
    {
        TrainPage page;
        page.setRecipes(shippedRecipes());
        page.form()->chooseRecipe("resnet34-quick");
        NamedChain asked;
        connect(&page, &TrainPage::editAugmentationRequested, &page, [&](const NamedChain& chain) { asked = chain; });
        auto* edit = page.form()->findChild<QToolButton*>(QStringLiteral("editAugmentation"));
        QTest::mouseClick(edit, Qt::LeftButton);
        QVERIFY(asked.chain == findRecipe("resnet34-quick").augmentation);
        page.form()->setAugmentation({.name = "mine", .title = "Mine", .chain = findChain("strong").chain});
        QTest::mouseClick(edit, Qt::LeftButton);
        QCOMPARE(asked.name, std::string("mine"));
        QVERIFY(asked.chain == findChain("strong").chain);
    }
};

QTEST_MAIN(TestRunForm)
#include "tst_RunForm.moc"
