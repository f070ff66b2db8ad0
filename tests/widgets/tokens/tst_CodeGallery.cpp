// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeGallery.h"
#include "tokens/CodeGalleryModel.h"
#include "tokens/CodeGalleryPanel.h"
#include "tokens/CodePatch.h"
#include "tokens/CurrentCode.h"
#include "widgets/tokens/SmallTokens.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QSignalSpy>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

namespace {

/// The small set with nothing left out: codes 0 to 3 are met 9, 4, 6 and 3 times, of which 7, 4, 2 and 1 in "rain" and the others in
/// "wind". Their centres stand on a line at 0, 10, 1, 9 and 5.
std::shared_ptr<const LoadedTokens> tokensOnALine()
{
    TokenSet set = *smallTokenSet();
    set.heldOut.reset();
    std::vector<float> centres(5 * 128, 0.0f);
    const float places[] = {0.0f, 10.0f, 1.0f, 9.0f, 5.0f};
    for (size_t code = 0; code < 5; ++code)
        centres[code * 128] = places[code];
    set.tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, centres, 128);
    return loadTokens(std::make_shared<const TokenSet>(std::move(set)));
}

struct ShownGallery
{
    CurrentCode current;
    QAction hear;
    CodeGalleryPanel panel{current, &hear};
    CodeGallery& gallery = panel.gallery();

    ShownGallery()
    {
        panel.resize(700, 300);
        panel.setTokens(tokensOnALine());
        panel.show();
    }
    QPoint centreOf(int code) const { return gallery.visualRect(gallery.codes().indexOf(code)).center(); }
    void order(CodeOrder order) { panel.order().setCurrentIndex(panel.order().findData(static_cast<int>(order))); }
    int first() const { return gallery.codes().codeAt(0); }
};

} // namespace

class TestCodeGallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersByHand()
    {
        const auto tokens = tokensOnALine();
        QCOMPARE(codesInOrder(*tokens, CodeOrder::Usage, CurrentCode::none), (std::vector{0, 2, 1, 3, 4}));
        // Bits of the class that a code's tokens tell in all: rain 2.6 (code 1) and 0.6 (0), wind 1.6 (2) and 0.8 (3); 4 is never met.
        QCOMPARE(codesInOrder(*tokens, CodeOrder::Class, CurrentCode::none), (std::vector{1, 0, 2, 3, 4}));
        QCOMPARE(codesInOrder(*tokens, CodeOrder::Similarity, 3), (std::vector{3, 1, 4, 2, 0}));
        QCOMPARE(codesInOrder(*tokens, CodeOrder::Similarity, CurrentCode::none).front(), 0); // the commonest
    }

    void theModelKeepsItsPromises()
    {
        CodeGalleryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTokens(tokensOnALine());
        model.setOrder(CodeOrder::Similarity);
        model.setChosen(1);
        QCOMPARE(model.codeAt(0), 1);
        QCOMPARE(model.indexOf(2).row(), 3);
        QVERIFY(!model.indexOf(5).isValid());
        QCOMPARE(model.index(0).data(Qt::ToolTipRole).toString(), QStringLiteral("Code 1: 4 tokens, 100.0 % of them in rain"));
        model.setTokens(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void pointingLightsAndAClickChooses()
    {
        ShownGallery shown;
        QSignalSpy hovered(&shown.gallery, &CodeGallery::codeHovered);
        QTest::mouseMove(shown.gallery.viewport(), shown.centreOf(2));
        QTRY_COMPARE(hovered.count(), 1);
        QCOMPARE(shown.current.lit(), 2);
        QTest::mouseClick(shown.gallery.viewport(), Qt::LeftButton, {}, shown.centreOf(3));
        QCOMPARE(shown.current.chosen(), 3);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(shown.gallery.viewport(), &leave);
        QCOMPARE(shown.current.hovered(), CurrentCode::none);
    }

    void theOrderOfSimilarityBeginsWithTheChosenCode()
    {
        ShownGallery shown;
        shown.order(CodeOrder::Similarity);
        QCOMPARE(shown.first(), 0);
        shown.current.choose(4); // in whatever view
        QCOMPARE(shown.first(), 4);
        QTest::mouseClick(shown.gallery.viewport(), Qt::LeftButton, {}, shown.centreOf(1));
        QCOMPARE(shown.first(), 1);
        shown.order(CodeOrder::Usage);
        QCOMPARE(shown.first(), 0);
    }

    void keysLightAndReturnChooses()
    {
        ShownGallery shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.panel));
        shown.gallery.setFocus();
        shown.gallery.setCurrentIndex(shown.gallery.codes().index(0));
        QTest::keyClick(&shown.gallery, Qt::Key_Right);
        QCOMPARE(shown.current.lit(), 2);
        QCOMPARE(shown.current.chosen(), CurrentCode::none);
        QTest::keyClick(&shown.gallery, Qt::Key_Return);
        QCOMPARE(shown.current.chosen(), 2);
    }

    void whatTheKeysLitUpGoesOutWithTheFocus()
    {
        ShownGallery shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.panel));
        QEvent leave(QEvent::Leave); // wherever the pointer of this machine is
        QApplication::sendEvent(shown.gallery.viewport(), &leave);
        shown.gallery.setFocus();
        shown.gallery.setCurrentIndex(shown.gallery.codes().index(1));
        QCOMPARE(shown.current.lit(), 2);
        shown.panel.order().setFocus();
        QCOMPARE(shown.current.lit(), CurrentCode::none);
    }

    void namesOfClassesHaveRoom()
    {
        TokenSet set = *smallTokenSet();
        set.classes = {"crackling_fire", "wind"};
        ShownGallery shown;
        shown.panel.setTokens(loadTokens(std::make_shared<const TokenSet>(set)));
        const QRect cell = shown.gallery.visualRect(shown.gallery.codes().index(0));
        QVERIFY(cell.width() > shown.gallery.fontMetrics().horizontalAdvance(QStringLiteral("crackling_fire")) + shown.gallery.fontMetrics().height());
    }

    void everyCodeShowsItsPatch()
    {
        ShownGallery shown;
        const QImage image = shown.gallery.viewport()->grab().toImage();
        const auto set = smallTokenSet();
        for (int code = 0; code < 4; ++code) { // their mean patches are of one colour
            const QRect cell = shown.gallery.visualRect(shown.gallery.codes().indexOf(code));
            QVERIFY(shown.gallery.viewport()->rect().contains(cell));
            QCOMPARE(image.pixelColor(cell.center().x(), cell.top() + 20), codePatch(*set, code).pixelColor(0, 0));
        }
    }
};

QTEST_MAIN(TestCodeGallery)
#include "tst_CodeGallery.moc"
