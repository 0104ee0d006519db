namespace EventBridgeOps.Cli.Completion;

/// <summary>The scripts that make shells ask <c>ebops complete</c>. Each one quotes what comes as its shell needs it.</summary>
internal static class CompletionScripts
{
    private const string Bash =
        """
        _ebops() {
            local line directive
            COMPREPLY=()
            {
                IFS= read -r directive
                while IFS= read -r line; do COMPREPLY+=("$line"); done
            } < <(printf '%s\0%s\0' "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" | command ebops complete bash 2>/dev/null)
            case $directive in
                files*) compopt -o default 2>/dev/null ;;
                *) compopt -o nosort 2>/dev/null ;;
            esac
        }
        complete -F _ebops ebops
        """;

    private const string Zsh =
        """
        #compdef ebops
        _ebops() {
            local -a typed lines values shown
            local line value about
            typed=("${(@)words[2,CURRENT]}")
            typed[-1]=$PREFIX
            lines=("${(@f)$(printf '%s\0' "${(@Q)typed}" | command ebops complete zsh 2>/dev/null)}")
            [[ -n ${lines[1]#*$'\t'} ]] && compset -P '*[=,]'
            if [[ $lines[1] == files* ]]; then
                _files
                return
            fi
            for line in "${(@)lines[2,-1]}"; do
                value=${line%%$'\t'*}
                about=${line#*$'\t'}
                values+=("$value")
                shown+=("${value}${about:+  -- $about}")
            done
            (( $#values )) && compadd -U -l -V ebops -d shown -a values
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        compdef _ebops ebops
        """;

    private const string Fish =
        """
        function __ebops_complete
            set -l words (commandline -opc)
            set -e words[1]
            set -l current (commandline -ct)
            set -l lines (printf '%s\0' $words (string trim --left --chars "\"'" -- $current | string collect --allow-empty) | command ebops complete fish 2>/dev/null)
            set -l head (string split --max 1 \t -- $lines[1])
            if test "$head[1]" = files
                __fish_complete_path (string replace --regex '^--[^=]*=' '' -- $current)
                return
            end
            set -e lines[1]
            for line in $lines
                echo "$head[2]$line"
            end
        end
        complete --command ebops --no-files --keep-order --arguments '(__ebops_complete)'
        """;

    private const string Pwsh =
        """
        Register-ArgumentCompleter -Native -CommandName ebops -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $current = ''
            $words = @(foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                if ($element.Extent.StartOffset -ge $cursorPosition) { continue }
                if ($element.Extent.EndOffset -ge $cursorPosition) {
                    $current = $element.Extent.Text.Substring(0, $cursorPosition - $element.Extent.StartOffset) -replace '["'']'
                }
                elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
                else { $element.Extent.Text -replace '["'']' }
            })
            $OutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
            $lines = @((@($words) + $current + '') -join "`0" | & (Get-Command -Name ebops -CommandType Application -TotalCount 1) complete pwsh 2>$null)
            $kept = "$($lines[0])" -replace '^[^\t]*\t'
            foreach ($line in $lines | Select-Object -Skip 1) {
                $name, $about = $line -split "`t", 2
                # Of a list the shell replaces the last part alone.
                $text = if ($kept -and "$wordToComplete".Trim('"', "'").StartsWith($kept)) { $kept + $name } else { $name }
                if ($text -notmatch '^[\w./:=+-]+$') { $text = "'" + $text.Replace("'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $(if ($about) { $about } else { $name }))
            }
        }
        """;

    /// <summary>The script for a shell.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => Pwsh,
    } + "\n";
}
