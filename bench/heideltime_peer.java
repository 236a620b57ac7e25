import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.Date;

/**
 * Runs HeidelTime over text files in one process: {@code Peer CONFIG MODE LIST}. LIST holds a path and a day
 * (yyyy-MM-dd) a line, parted by a tab; the answer is written to path.tml. The last line of standard output is the
 * seconds it took, without start-up.
 */
public class Peer {
  public static void main(String[] arguments) throws Exception {
    HeidelTimeStandalone tagger =
        new HeidelTimeStandalone(
            Language.ENGLISH,
            DocumentType.valueOf(arguments[1]),
            OutputType.TIMEML,
            arguments[0],
            POSTagger.TREETAGGER);
    long start = System.nanoTime();
    for (String line : Files.readAllLines(Path.of(arguments[2]))) {
      String[] cells = line.split("\t");
      Date day = new SimpleDateFormat("yyyy-MM-dd").parse(cells[1]);
      Files.writeString(Path.of(cells[0] + ".tml"), tagger.process(Files.readString(Path.of(cells[0])), day));
    }
    System.out.println((System.nanoTime() - start) / 1e9);
  }
}
