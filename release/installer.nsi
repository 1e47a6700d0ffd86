; The installer: per user, no administrator, Russian. Built by `python -m release windows-installer`, which defines
; VERSION, SOURCE (the built folder), OUT (the file to write), ICON, SIDE (the picture of the first and the last page),
; SIZE_KB and, for quick trials, FAST.
;   setup.exe /S               silent        setup.exe /S /D=C:\folder    silent, into a folder
;   setup.exe /S /PORTABLE /D=F:\folder      portable: data beside the program, nothing outside the folder
;   setup.exe /UPDATE          started by the program: asks nothing, shows the progress and the last page
; Exit codes of a silent run: 0 done, 2 the disk is full, 3 a newer version is installed, 4 the program is open or its
; files are held, 5 the system is too old, 6 files could not be written.
Unicode true
Target amd64-unicode
CRCCheck force
!ifdef FAST
  SetCompressor zlib
  !define TRIES 3
!else
  !define TRIES 20
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define PRODUCT "IMC Desktop"
!define LINK "Методический кабинет (IMC Desktop).lnk"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\IMC Desktop"
!define CLASSES "Software\Classes"
!define DATA "$LOCALAPPDATA\IMC Desktop"
!define OLD "$INSTDIR\imc-desktop.old" ; working folders: names that nobody else uses, for they are emptied
!define NEW "$INSTDIR\imc-desktop.new"
!define FIRST_BUILD 17763 ; Windows 10 1809, the oldest that Qt 6.8 knows

Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\IMC Desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${PRODUCT} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1049 "ProductName" "IMC Desktop: методический кабинет"
VIAddVersionKey /LANG=1049 "FileDescription" "Установка IMC Desktop"
VIAddVersionKey /LANG=1049 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1049 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1049 "LegalCopyright" " "

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TEXT "Программа ставится только для вас: права администратора и Интернет не нужны.$\r$\n$\r$\nЕсли она уже стоит, то обновится.$\r$\nВаши данные останутся на месте.$\r$\n$\r$\nНужна Windows 10 (1809) или новее, 64 разряда."
!define MUI_DIRECTORYPAGE_TEXT_TOP "Менять папку обычно не нужно.$\r$\nНажмите «Установить»."
!define MUI_FINISHPAGE_TEXT "Программа установлена. Справка в ней открывается клавишей F1.$\r$\n$\r$\nНажмите «Готово»."
!define MUI_FINISHPAGE_RUN "$INSTDIR\imc-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Открыть программу"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Программа будет удалена. Ваши данные останутся здесь:$\r$\n${DATA}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE NotWhenUpdating
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE NotWhenUpdating
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Russian"

Var Portable
Var Updating
Var Trouble

; Stop with a sentence and an exit code.
!macro Stop CODE SENTENCE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Move a file or a folder; the error flag says that it stayed. A virus scanner may hold for a moment what was just
; written, so it is tried again.
!macro Move FROM TO
  StrCpy $1 0
  ${Do}
    ClearErrors
    Rename "${FROM}" "${TO}"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 >= ${TRIES}
      SetErrors
      ${ExitDo}
    ${EndIf}
    Sleep 500
  ${Loop}
!macroend

; One part of the program to OLD, or its new version into its place; $Trouble counts what did not move.
!macro Aside PART
  ${If} $Trouble == 0
  ${AndIf} ${FileExists} "$INSTDIR\${PART}"
    !insertmacro Move "$INSTDIR\${PART}" "${OLD}\${PART}"
    ${If} ${Errors}
      IntOp $Trouble $Trouble + 1
    ${EndIf}
  ${EndIf}
!macroend
!macro Place PART
  ${If} $Trouble == 0
    !insertmacro Move "${NEW}\${PART}" "$INSTDIR\${PART}"
    ${If} ${Errors}
      IntOp $Trouble $Trouble + 1
    ${EndIf}
  ${EndIf}
!macroend
!macro Back PART
  ${If} ${FileExists} "${OLD}\${PART}"
    ${If} ${FileExists} "$INSTDIR\${PART}"
      !insertmacro Move "$INSTDIR\${PART}" "${NEW}\${PART}"
    ${EndIf}
    !insertmacro Move "${OLD}\${PART}" "$INSTDIR\${PART}"
    ${If} ${Errors}
      IntOp $Trouble $Trouble + 1
    ${EndIf}
  ${EndIf}
!macroend

; Undo an exchange that did not come to its end, in this run or in one that was cut off: the former program is whole
; again and OLD is gone, or $Trouble counts what could not be put back.
Function PutBack
  StrCpy $Trouble 0
  !insertmacro Back "_internal"
  !insertmacro Back "imc-desktop-cli.exe"
  !insertmacro Back "imc-desktop.exe"
  RMDir "${OLD}"
FunctionEnd

; The former program comes back, then a sentence; another one when it cannot.
!macro PutBackAndStop CODE SENTENCE
  Call PutBack
  ${If} $Trouble != 0
    !insertmacro Stop 6 "Файлы программы кто-то держит: заменить их не удалось и вернуть прежние тоже. Перезагрузите компьютер и запустите установку ещё раз, она всё исправит. Данные не затронуты."
  ${EndIf}
  RMDir /r "${NEW}"
  !insertmacro Stop ${CODE} "${SENTENCE} Прежняя программа не изменена."
!macroend

; A program that runs cannot be written to. Silent runs wait: the program that started us is about to end.
!macro WaitUntilClosed FILE
  DetailPrint "Жду, пока программа закроется…"
  StrCpy $1 0
  ${Do}
    ${IfNot} ${FileExists} "${FILE}"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 < 60
      Sleep 500
      ${Continue}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Программа открыта. Закройте её и нажмите «Повтор»." /SD IDCANCEL IDRETRY again_${U}
    SetErrorLevel 4
    Quit
    again_${U}:
    StrCpy $1 50
  ${Loop}
!macroend
!define WaitUntilClosed "!insertmacro WaitUntilClosed"

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Stop 5 "Нужна 64-разрядная Windows. На этом компьютере программа работать не сможет."
  ${EndIf}
  ${IfNot} ${AtLeastBuild} ${FIRST_BUILD}
    !insertmacro Stop 5 "Нужна Windows 10 версии 1809 или новее. На этом компьютере программа работать не сможет."
  ${EndIf}
  ${GetParameters} $0
  StrCpy $Updating 0
  ClearErrors
  ${GetOptions} $0 "/UPDATE" $1
  ${IfNot} ${Errors}
    StrCpy $Updating 1
  ${EndIf}
  StrCpy $Portable 0
  ClearErrors
  ${GetOptions} $0 "/PORTABLE" $1
  ${IfNot} ${Errors}
    StrCpy $Portable 1
  ${EndIf}
  ${If} $Portable == 1 ; it stands in no registry
    StrCpy $0 ""
    ${If} ${FileExists} "$INSTDIR\imc-desktop.exe"
      ${GetFileVersion} "$INSTDIR\imc-desktop.exe" $0
    ${EndIf}
  ${Else}
    ReadRegStr $0 HKCU "${KEY}" "DisplayVersion"
  ${EndIf}
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro Stop 3 "Уже установлена более новая версия.$\r$\nСтоит $0, здесь ${VERSION}. Ничего не изменено.$\r$\n$\r$\nЧтобы вернуться к старой,$\r$\nсначала удалите новую. Данные сохранятся,$\r$\nно старая версия может их не открыть."
    ${EndIf}
  ${EndIf}
FunctionEnd

Function NotWhenUpdating
  ${If} $Updating == 1
    Abort
  ${EndIf}
FunctionEnd

; The disk was full: what was unpacked goes, the program that stands was not touched.
Function .onInstFailed
  SetOutPath "$INSTDIR"
  ${IfNot} ${FileExists} "${OLD}"
    RMDir /r "${NEW}"
  ${EndIf}
FunctionEnd

Section
  !define U 1
  ${WaitUntilClosed} "$INSTDIR\imc-desktop.exe"
  !undef U
  !define U 2
  ${WaitUntilClosed} "$INSTDIR\imc-desktop-cli.exe"
  !undef U

  ${If} ${FileExists} "$INSTDIR\portable.ini" ; a portable program that is repaired by hand stays one
    StrCpy $Portable 1
  ${EndIf}
  ; A run that was cut off (a power cut) is undone first: NEW keeps the window's program until the very last move.
  ${If} ${FileExists} "${OLD}"
  ${AndIf} ${FileExists} "${NEW}\imc-desktop.exe"
    Call PutBack
    ${If} $Trouble != 0
      !insertmacro Stop 6 "Прошлая установка прервалась, и её файлы кто-то держит. Перезагрузите компьютер и запустите установку ещё раз. Данные не затронуты."
    ${EndIf}
  ${EndIf}
  ; Everything is unpacked beside the present program and takes its place at the end.
  RMDir /r "${OLD}"
  RMDir /r "${NEW}"
  SetOverwrite try
  SetOutPath "${NEW}"
  ClearErrors
  File /r "${SOURCE}\*"
  ${If} ${Errors}
    SetOutPath "$INSTDIR"
    RMDir /r "${NEW}"
    !insertmacro Stop 6 "Файлы не записались в $INSTDIR. Проверьте место на диске. Прежняя программа не изменена."
  ${EndIf}
  SetOutPath "$INSTDIR"
  CreateDirectory "${OLD}"
  StrCpy $Trouble 0
  !insertmacro Aside "imc-desktop.exe"
  !insertmacro Aside "imc-desktop-cli.exe"
  !insertmacro Aside "_internal"
  ${If} $Trouble != 0
    !insertmacro PutBackAndStop 4 "Программа открыта или её файлы заняты. Закройте её и повторите."
  ${EndIf}
  !insertmacro Place "_internal"
  !insertmacro Place "imc-desktop-cli.exe"
  !insertmacro Place "imc-desktop.exe"
  ${If} $Trouble != 0
    !insertmacro PutBackAndStop 6 "Новые файлы не встали на место: их что-то держит, возможно, антивирус. Повторите установку."
  ${EndIf}
  RMDir /r "${NEW}"
  RMDir /r "${OLD}" ; what is still held goes at the next run

  ${If} $Portable == 1
    FileOpen $0 "$INSTDIR\portable.ini" w
    FileWrite $0 "[portable]$\r$\n"
    FileClose $0
    Return
  ${EndIf}

  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${LINK}" "$INSTDIR\imc-desktop.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "IMC Desktop: методический кабинет"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\imc-desktop.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "IMC Desktop"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1

  WriteRegStr HKCU "${CLASSES}\.imc" "" "IMCDesktop.Database"
  WriteRegStr HKCU "${CLASSES}\.imcb" "" "IMCDesktop.Copy"
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Database" "" "База методического кабинета"
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Copy" "" "Копия базы методического кабинета"
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Database\DefaultIcon" "" "$INSTDIR\imc-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Copy\DefaultIcon" "" "$INSTDIR\imc-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Database\shell\open\command" "" '"$INSTDIR\imc-desktop.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\IMCDesktop.Copy\shell\open\command" "" '"$INSTDIR\imc-desktop.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  !define U 3
  ${WaitUntilClosed} "$INSTDIR\imc-desktop.exe"
  !undef U
  !define U 4
  ${WaitUntilClosed} "$INSTDIR\imc-desktop-cli.exe"
  !undef U
  ; Only what was installed, by name: a database that lies in the folder stays.
  Delete "$INSTDIR\imc-desktop.exe"
  Delete "$INSTDIR\imc-desktop-cli.exe"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "${NEW}"
  RMDir /r "${OLD}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${LINK}"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${CLASSES}\IMCDesktop.Database"
  DeleteRegKey HKCU "${CLASSES}\IMCDesktop.Copy"
  DeleteRegValue HKCU "${CLASSES}\.imc" ""
  DeleteRegValue HKCU "${CLASSES}\.imcb" ""
  DeleteRegKey /ifempty HKCU "${CLASSES}\.imc"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.imcb"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  MessageBox MB_OK|MB_ICONINFORMATION "Программа удалена. Ваши данные сохранены: ${DATA}" /SD IDOK
SectionEnd
