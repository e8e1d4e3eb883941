package vellum.core;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** A condition on what a class shows to other packages. */
final class PublicSignatures {

  private static final List<String> ENGINES =
      List.of("org.rocksdb.", "net.openhft.", "org.bouncycastle.", "io.netty.");

  private PublicSignatures() {}

  static ArchCondition<JavaClass> nameNoEngine() {
    return new ArchCondition<>("name no engine in a public signature") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaClass> units =
            type.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(PublicSignatures::named);
        Stream<JavaClass> fields =
            type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaField::getRawType);
        Stream.concat(units, fields)
            .filter(named -> ENGINES.stream().anyMatch(named.getName()::startsWith))
            .forEach(
                named ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " shows " + named.getName())));
      }
    };
  }

  private static Stream<JavaClass> named(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
  }
}
