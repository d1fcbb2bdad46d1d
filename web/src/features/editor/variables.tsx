import { Plus, Trash2 } from "lucide-react";
import { Section } from "@/components/section.tsx";
import { Button } from "@/components/ui/button.tsx";
import { IconButton } from "@/components/ui/icon-button.tsx";
import { Input } from "@/components/ui/input.tsx";
import type { Editor } from "./use-editor.ts";
import { variablesOf } from "./variables-of.ts";

/** What a run is asked for: passwords and whatever else should not be in the recording. */
export function Variables({ editor }: { editor: Editor }) {
  const { document } = editor.state;
  const declared = document.variables ?? [];
  const undeclared = variablesOf(document).filter((name) => !declared.some((each) => each.name === name));
  const write = (variables: typeof declared, key?: string) => editor.dispatch({ do: "patch", patch: { variables }, key });
  const blank = (name: string) => ({ name, fieldType: "text", selector: "", placeholder: `\${${name}}` });

  return (
    <Section
      title="Variables"
      className="max-w-200 px-6 pb-8 max-md:px-4"
      actions={
        <Button size="sm" tone="quiet" icon={<Plus />} onClick={() => write([...declared, blank(`VARIABLE_${declared.length + 1}`)])}>
          Add variable
        </Button>
      }
    >
      {declared.length === 0 && undeclared.length === 0 && (
        <p className="text-muted">
          None. Write <code className="code">{"${NAME}"}</code> in a value and give it when you run.
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {declared.map((variable, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited
          <li key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-2">
            <Input
              aria-label={`Variable ${index + 1}`}
              value={variable.name}
              className="code"
              onValueChange={(name) =>
                write(
                  declared.map((each, at) => (at === index ? { ...each, name, placeholder: `\${${name}}` } : each)),
                  `variable ${index}`,
                )
              }
            />
            <Input
              aria-label={`Description of variable ${index + 1}`}
              placeholder="What it is for"
              value={variable.description ?? ""}
              onValueChange={(description) =>
                write(
                  declared.map((each, at) => (at === index ? { ...each, description: description || undefined } : each)),
                  `description ${index}`,
                )
              }
            />
            <IconButton label={`Delete variable ${variable.name}`} onClick={() => write(declared.filter((_, at) => at !== index))}>
              <Trash2 />
            </IconButton>
          </li>
        ))}
        {undeclared.map((name) => (
          <li key={name} className="row flex items-center gap-2 text-muted">
            <code className="code">{name}</code> is used but not declared.
            <Button size="sm" tone="quiet" onClick={() => write([...declared, blank(name)])}>
              Declare it
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
