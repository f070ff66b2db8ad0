// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "base/Files.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace melscope;
namespace fs = std::filesystem;

class TestFiles : public QObject
{
    Q_OBJECT

private:
    static ErrorKind kindOf(const auto& action)
    {
        try {
            action();
        } catch (const Error& error) {
            return error.kind();
        }
        return ErrorKind::Internal;
    }

private Q_SLOTS:
    void sha256OfKnownText()
    {
        // FIPS 180-2, appendix B.1
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void sha256OfFileEqualsThatOfItsBytes()
    {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "bytes";
        const std::string bytes(3'000'000, 'x'); // more than one piece
        writeFileAtomically(file, bytes);
        QCOMPARE(sha256OfFile(file), sha256(bytes));
        QVERIFY(sha256OfFile(file) != sha256(bytes.substr(1)));
        Sha256 pieces;
        pieces.add(std::string_view(bytes).substr(0, 100));
        pieces.add(std::string_view(bytes).substr(100));
        QCOMPARE(pieces.hex(), sha256(bytes));
    }

    void writesAndReplacesWithoutLeavingTemporaries()
    {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "new" / "deep" / "file.txt";
        writeFileAtomically(file, "one");
        writeFileAtomically(file, std::string("two\0three", 9));
        QCOMPARE(readFile(file), std::string("two\0three", 9));
        QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()), 1);
    }

    void aFileInPiecesIsThereOnceItIsCommitted()
    {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "deep" / "file";
        writeFileAtomically(file, "before");
        {
            AtomicFile dropped(file);
            dropped.write("never");
        }
        QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()), 1);
        {
            AtomicFile kept(file);
            kept.write("in ");
            kept.write("pieces");
            QCOMPARE(readFile(file), std::string("before"));
            kept.commit();
            QCOMPARE(readFile(file), std::string("in pieces"));
        }
        QCOMPARE(readFile(file), std::string("in pieces"));
        QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()), 1);
    }

    void missingFileIsNamed()
    {
        try {
            readFile("/nowhere/at-all.wav");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Missing);
            QVERIFY(QString::fromStdString(error.what()).contains(QStringLiteral("/nowhere/at-all.wav")));
        }
    }

    void unwritableFolderIsNamed()
    {
        try {
            writeFileAtomically("/proc/melscope/file", "x");
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(QString::fromStdString(error.what()).contains(QStringLiteral("/proc/melscope")));
        }
    }

    void lockIsExclusiveUntilReleasedOrTheProcessDies()
    {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "lock";
        {
            const FileLock first(file);
            QCOMPARE(kindOf([&] { const FileLock second(file); }), ErrorKind::Busy);
        }
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const FileLock held(file);
            const char byte = 1;
            if (::write(ready[1], &byte, 1) != 1)
                ::_exit(1);
            ::pause();
            ::_exit(0);
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        QCOMPARE(kindOf([&] { const FileLock ours(file); }), ErrorKind::Busy);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const FileLock ours(file);
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "tst_files.moc"
