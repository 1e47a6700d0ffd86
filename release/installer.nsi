; The installer: per user, no administrator, Russian. Built by `python -m release windows-installer`, which defines
; VERSION, SOURCE (the built folder), OUT (the file to write), ICON, SIZE_KB and, for quick trials, FAST.
;   setup.exe /S               silent        setup.exe /S /D=C:\folder    silent, into a folder
;   setup.exe /S /PORTABLE /D=F:\folder      portable: data beside the program, nothing outside the folder
; Exit codes of a silent run: 0 done, 3 a newer version is installed, 4 the program is open, 5 the system is too old,
; 6 files could not be written.
Unicode true
Target amd64-unicode
CRCCheck force
!ifdef FAST
  SetCompressor zlib
!else
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
!define MUI_WELCOMEPAGE_TEXT "Программа будет установлена только для вас: права администратора и Интернет не нужны.$\r$\n$\r$\nЕсли программа уже стоит, она обновится. Ваши данные останутся на месте.$\r$\n$\r$\nНужны Windows 10 (1809) или новее, 64 разряда."
!define MUI_FINISHPAGE_RUN "$INSTDIR\imc-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Открыть программу"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Russian"

Var Portable

; Stop with a sentence and an exit code.
!macro Stop CODE SENTENCE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; A program that runs cannot be written to. Silent runs wait: the program that started us is about to end.
!macro WaitUntilClosed FILE
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
  StrCpy $Portable 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PORTABLE" $1
  ${IfNot} ${Errors}
    StrCpy $Portable 1
    Return
  ${EndIf}
  ReadRegStr $0 HKCU "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro Stop 3 "Уже установлена более новая версия: $0, а здесь ${VERSION}. Ничего не изменено. Чтобы вернуться к старой, сначала удалите новую; данные при этом сохранятся, но старая версия может их не открыть."
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  !define U 1
  ${WaitUntilClosed} "$INSTDIR\imc-desktop.exe"
  !undef U
  !define U 2
  ${WaitUntilClosed} "$INSTDIR\imc-desktop-cli.exe"
  !undef U

  ; Everything is unpacked beside the present program and takes its place at the end.
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  SetOutPath "$INSTDIR\new"
  ClearErrors
  File /r "${SOURCE}/*"
  ${If} ${Errors}
    SetOutPath "$INSTDIR"
    RMDir /r "$INSTDIR\new"
    !insertmacro Stop 6 "Файлы не записались в $INSTDIR. Проверьте место на диске. Прежняя программа не изменена."
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    Rename "$INSTDIR\_internal" "$INSTDIR\old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\new"
      !insertmacro Stop 4 "Программа открыта или её файлы заняты. Закройте её и повторите. Прежняя программа не изменена."
    ${EndIf}
  ${EndIf}
  Rename "$INSTDIR\new\_internal" "$INSTDIR\_internal"
  Delete "$INSTDIR\imc-desktop.exe"
  Delete "$INSTDIR\imc-desktop-cli.exe"
  Rename "$INSTDIR\new\imc-desktop.exe" "$INSTDIR\imc-desktop.exe"
  Rename "$INSTDIR\new\imc-desktop-cli.exe" "$INSTDIR\imc-desktop-cli.exe"
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  ${If} ${Errors}
    !insertmacro Stop 6 "Часть файлов заменить не удалось. Запустите установку ещё раз. Данные не затронуты."
  ${EndIf}

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
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
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
